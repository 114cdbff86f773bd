namespace GreenAI.Metering.Benchmarks;

/// <summary>True idle power.</summary>
/// <param name="Watts">At the beginning.</param>
/// <param name="DriftWattsPerMinute">What it gains a minute, evenly.</param>
/// <param name="WalkWattsPerRootMinute">Standard deviation of its random walk after a minute.</param>
/// <param name="Steps">Changes at an instant, in watts.</param>
internal sealed record IdlePlan(
    double Watts, double DriftWattsPerMinute, double WalkWattsPerRootMinute, IReadOnlyList<Change> Steps);
