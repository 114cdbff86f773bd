namespace GreenAI.Metering;

/// <summary>What metering itself has cost. Its energy is part of the books already, not added to them.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class MeteringCost
{
    /// <summary>Time spent reading counters and closing intervals: elapsed, so an upper bound of processor time.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>That time as a fraction of one processor, since metering began.</summary>
    public double ProcessorShare { get; init; }

    /// <summary>Its power at what one busy processor of this machine draws; null while that is not known.</summary>
    public Power? Power { get; init; }
}
