namespace GreenAI.Metering;

/// <summary>Where the energy of one device has gone since metering began.</summary>
/// <remarks>Immutable and thread-safe. <see cref="Unaccounted"/> is always zero: that is the promise of conservation.</remarks>
public sealed class DeviceTotals
{
    /// <summary>The device.</summary>
    public required PowerDevice Device { get; init; }

    /// <summary>Sum of the counter's deltas.</summary>
    public Energy Total { get; init; }

    /// <summary>Final bills of inferences.</summary>
    public Energy Settled { get; init; }

    /// <summary>Assigned to inferences that have not ended, or that wait for another device.</summary>
    public Energy Open { get; init; }

    /// <summary>Measured for bills that had to be closed before the counter moved; credited to their models.</summary>
    public Energy Late { get; init; }

    /// <summary>The idle floor.</summary>
    public Energy Idle { get; init; }

    /// <summary>Dynamic energy of this process while no inference was active.</summary>
    public Energy Unattributed { get; init; }

    /// <summary>Dynamic energy of other processes.</summary>
    public Energy Other { get; init; }

    /// <summary><see cref="Total"/> less all buckets: 0 µJ.</summary>
    public Energy Unaccounted => Total - Settled - Open - Late - Idle - Unattributed - Other;

    /// <summary>Fraction of the time since the first reading for which the counter was read.</summary>
    public double Coverage { get; init; }

    /// <summary>Failed readings and intervals whose energy is not known.</summary>
    public long Holes { get; init; }

    /// <summary>How long ago the device was last read, whether or not its counter had moved; null: never.</summary>
    public TimeSpan? SinceReading { get; init; }

    /// <summary>Mean power of the last interval; null when the last reading failed or there is none.</summary>
    public Power? Power { get; init; }

    /// <summary>The idle floor in watts; null when unknown.</summary>
    public Power? IdleFloor { get; init; }

    /// <summary>Where the idle floor comes from.</summary>
    public FloorSource FloorSource { get; init; }

    /// <summary>The counter at its first good reading, as the hardware showed it; null for a device read as power.</summary>
    public Energy? FirstReading { get; init; }

    /// <summary>The counter at its last good reading, as the hardware showed it; null for a device read as power.</summary>
    public Energy? LastReading { get; init; }
}
