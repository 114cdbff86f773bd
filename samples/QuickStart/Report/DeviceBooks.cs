namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Where the joules of one device went, in whole microjoules, and what its counter says they were.</summary>
internal sealed record DeviceBooks(string Id, string Name, MeasurementTier Tier)
{
    public required long Settled { get; init; }

    public required long Open { get; init; }

    public required long Late { get; init; }

    public required long Idle { get; init; }

    public required long Unattributed { get; init; }

    public required long Other { get; init; }

    /// <summary>The sum of the counter's deltas.</summary>
    public required long Counter { get; init; }

    /// <summary>The counter as the hardware showed it first and last; null where the device tells power only.</summary>
    public (long First, long Last)? Readings { get; init; }

    /// <summary>The fraction of the time for which the counter was read, from 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>All buckets less the counter: anything but 0 is energy lost or invented.</summary>
    public long Difference => EnergyBucket.All.Sum(bucket => bucket.Microjoules(this)) - Counter;
}
