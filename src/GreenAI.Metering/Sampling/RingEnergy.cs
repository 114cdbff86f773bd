namespace GreenAI.Metering;

/// <summary>Energy between two timestamps, or why there is none.</summary>
internal readonly struct RingEnergy
{
    private RingEnergy(RingMiss miss) => Miss = miss;

    public RingEnergy(long microjoules, long ticks, long coveredTicks)
    {
        Microjoules = microjoules;
        Ticks = ticks;
        CoveredTicks = coveredTicks;
    }

    /// <summary>Energy in microjoules; where <see cref="Coverage"/> is below 1 it leaves out what the holes drew.</summary>
    public long Microjoules { get; }

    /// <summary>Length of the window.</summary>
    public long Ticks { get; }

    /// <summary>The part of it for which counters were read.</summary>
    public long CoveredTicks { get; }

    /// <summary>Fraction of the window in [0, 1] for which counters were read; 1 for a window of no length.</summary>
    public double Coverage => Ticks == 0 ? 1 : (double)CoveredTicks / Ticks;

    public RingMiss Miss { get; }

    public static RingEnergy None(RingMiss miss) => new(miss);
}
