namespace GreenAI.Metering.Benchmarks;

/// <summary>What random numbers are for.</summary>
internal enum DrawPurpose
{
    Arrivals,
    Durations,
    CounterNoise,
    CounterPhase,
    IdleWalk,
    Foreign,
    TimerLateness,
    Pauses,
}
