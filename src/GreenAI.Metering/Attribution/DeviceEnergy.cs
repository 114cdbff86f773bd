namespace GreenAI.Metering;

/// <summary>What one device spent within a window.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DeviceEnergy
{
    /// <summary>The device.</summary>
    public required PowerDevice Device { get; init; }

    /// <summary>All it spent; null when its counter was not read within the window.</summary>
    public Energy? Total { get; init; }

    /// <summary>The idle floor's part; null when there is no total.</summary>
    public Energy? Idle { get; init; }

    /// <summary>The dynamic part of other processes; null when there is no total.</summary>
    public Energy? Other { get; init; }

    /// <summary>The dynamic part of this process: total less idle less other; null when there is no total.</summary>
    public Energy? Own => Total - Idle - Other;

    /// <summary>Fraction of the window for which the counter was read.</summary>
    public double Coverage { get; init; }

    /// <summary>The tier of the figures; unavailable when the counter was not read within the window.</summary>
    public MeasurementTier Tier => Total is null ? MeasurementTier.Unavailable : Device.Tier;
}
