namespace GreenAI.Metering;

/// <summary>A grid carbon intensity with its pedigree.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CarbonFactor
{
    /// <summary>The number.</summary>
    public required CarbonIntensity Intensity { get; init; }

    /// <summary>What kind of number it is.</summary>
    public required CarbonKind Kind { get; init; }

    /// <summary>Who gives it, in words for a report: <c>Ember via Our World in Data, 2024</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Where it holds: a country (ISO 3166), a grid zone or a cloud region; null when the source does not say.</summary>
    public string? Zone { get; init; }

    /// <summary>The licence of the figure, where it has one: <c>CC BY 4.0</c>.</summary>
    public string? Licence { get; init; }

    /// <summary>The first moment it holds for.</summary>
    /// <value>The beginning of time: it always held.</value>
    public DateTimeOffset ValidFrom { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The first moment it does not hold for any more.</summary>
    /// <value>The end of time.</value>
    public DateTimeOffset ValidTo { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Computed by its source from a model rather than from what plants reported, or of another year than it is used for.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>Foreseen rather than observed.</summary>
    public bool IsForecast { get; init; }

    /// <summary>When it was asked for; null for one that was not fetched.</summary>
    public DateTimeOffset? RetrievedAt { get; init; }

    /// <summary>How far the truth may lie from it; null when its source does not say.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>Its place among several providers: 0 for the one asked first, more for a fallback.</summary>
    public int FallbackRank { get; init; }

    /// <summary>Whether it holds at a moment.</summary>
    public bool IsValidAt(DateTimeOffset time) => time >= ValidFrom && time < ValidTo;
}
