namespace GreenAI.Metering;

/// <summary>The rules that the figures of a report follow.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReportAccounting
{
    /// <summary>Which question the operational grams answer.</summary>
    public required CarbonMethod Method { get; init; }

    /// <summary>Which emissions of a kilowatt-hour they contain.</summary>
    public required CarbonBoundary Boundary { get; init; }

    /// <summary>Power usage effectiveness of the site: its energy per energy of its equipment; null when it is not stated.</summary>
    public double? Pue { get; init; }

    /// <summary>Water usage effectiveness of the site in litres per kilowatt-hour; null when it is not stated.</summary>
    public double? Wue { get; init; }

    /// <summary>How the idle floor is shared among models, in words.</summary>
    public required string IdleRule { get; init; }

    /// <summary>How the uncertainties of energy, factor and embodied figures combine, in words.</summary>
    public required string UncertaintyRule { get; init; }
}
