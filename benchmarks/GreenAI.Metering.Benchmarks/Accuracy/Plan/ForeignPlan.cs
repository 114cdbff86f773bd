namespace GreenAI.Metering.Benchmarks;

/// <summary>Other processes: each of their threads keeps a processor busy, on and off for exponential times, from the end of the lead-in on.</summary>
/// <param name="Threads">How many.</param>
/// <param name="WattsPerCore">Dynamic watts of each busy one.</param>
/// <param name="OnSeconds">Mean time busy.</param>
/// <param name="OffSeconds">Mean time between; 0 for always busy.</param>
internal sealed record ForeignPlan(int Threads, double WattsPerCore, double OnSeconds, double OffSeconds);
