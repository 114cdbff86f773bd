namespace GreenAI.Metering.Benchmarks;

/// <summary>Pauses of all traffic: nothing arrives, whatever its stream. What runs is finished.</summary>
/// <param name="EverySeconds">Mean time between pauses (exponential); 0 for none.</param>
/// <param name="Seconds">Mean length of a pause (exponential).</param>
internal sealed record PausePlan(double EverySeconds, double Seconds);
