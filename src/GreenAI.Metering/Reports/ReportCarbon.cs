namespace GreenAI.Metering;

/// <summary>The grams of a report, or why there are none. Operational and embodied grams are kept apart.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportCarbon
{
    /// <summary>Grams of the energy that a factor priced; null when none was: <see cref="OperationalGap"/> says why.</summary>
    public ReportOperational? Operational { get; init; }

    /// <summary>Why there are none, or why a part of the energy has no price; <see cref="CarbonGap.None"/> when all has.</summary>
    public CarbonGap OperationalGap { get; init; }

    /// <summary>The same for people, with what to do; null when there is no gap.</summary>
    public string? OperationalReason { get; init; }

    /// <summary>Share of the energy that a factor priced, from 0 to 1; null when there was no energy.</summary>
    public double? PricedShare { get; init; }

    /// <summary>Share of the priced energy that a fallback priced rather than the source asked first; null when none was priced.</summary>
    public double? FallbackShare { get; init; }

    /// <summary>Grams of making the equipment, accrued with time; null when they are not stated.</summary>
    public ReportEmbodied? Embodied { get; init; }

    /// <summary>Why there are no embodied grams; null when there are.</summary>
    public string? EmbodiedReason { get; init; }

    /// <summary>Water in litres: energy × WUE; null when no WUE is stated.</summary>
    public double? WaterLitres { get; init; }
}
