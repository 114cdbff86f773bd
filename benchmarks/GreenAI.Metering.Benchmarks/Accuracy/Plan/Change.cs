namespace GreenAI.Metering.Benchmarks;

/// <summary>A value from an instant on.</summary>
/// <param name="AtSeconds">Seconds after the lead-in.</param>
/// <param name="Watts">The watts.</param>
internal readonly record struct Change(double AtSeconds, double Watts);
