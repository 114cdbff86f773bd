namespace GreenAI.Metering;

/// <summary>A piece of equipment whose making is accounted for.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportEmbodiedItem
{
    /// <summary>What it is.</summary>
    public required string Name { get; init; }

    /// <summary>Grams of making it, all of them; null when they are not stated.</summary>
    public CarbonMass? Total { get; init; }

    /// <summary>The hours over which they accrue; null when they are not stated.</summary>
    public double? LifespanHours { get; init; }

    /// <summary>The share of it that is this service's, from 0 to 1; null when it is not stated.</summary>
    public double? Share { get; init; }

    /// <summary>Where the figure comes from, in words.</summary>
    public required string Source { get; init; }
}
