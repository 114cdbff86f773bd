namespace GreenAI.Metering.Benchmarks;

/// <summary>How the simulated counter shows true energy.</summary>
/// <param name="PeriodSeconds">How often it is refreshed.</param>
/// <param name="UnitMicrojoules">Its step.</param>
/// <param name="NoiseWatts">Noise, in watts rms over 100 ms.</param>
/// <param name="Uncertainty">The uncertainty the device states of itself.</param>
/// <param name="FollowsProcessorTime">Whether its power is shared out by processor time: a package; otherwise a board of ours alone.</param>
internal sealed record CounterPlan(
    double PeriodSeconds, double UnitMicrojoules, double NoiseWatts, double Uncertainty, bool FollowsProcessorTime);
