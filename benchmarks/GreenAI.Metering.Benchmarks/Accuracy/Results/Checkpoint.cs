namespace GreenAI.Metering.Benchmarks;

/// <summary>Where things stand in the middle of a run.</summary>
/// <param name="Seconds">Simulated time.</param>
/// <param name="Billed">Joules of each model by the books.</param>
/// <param name="True">True joules of each model.</param>
/// <param name="BusySeconds">Seconds each model was running.</param>
/// <param name="Learned">What the engine has learned of each.</param>
internal sealed record Checkpoint(double Seconds, double[] Billed, double[] True, double[] BusySeconds, LearnedPower?[] Learned);
