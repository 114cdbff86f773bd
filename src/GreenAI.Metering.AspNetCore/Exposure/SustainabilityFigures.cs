using System.Diagnostics.CodeAnalysis;

namespace GreenAI.Metering;

/// <summary>The figures of a period for <c>/.well-known/sustainability-data</c>. What is null is not reported.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[Experimental("GAIM0001")]
public sealed record SustainabilityFigures
{
    /// <summary>The period, which must be over: <c>2026</c>, <c>2026-11</c> or <c>2026-11-28</c>. None is shorter than a day.</summary>
    public required string ReportingPeriod { get; init; }

    /// <summary>The energy.</summary>
    public Energy? Energy { get; init; }

    /// <summary>All emissions together.</summary>
    public CarbonMass? CarbonFootprint { get; init; }

    /// <summary>How electricity was accounted for; <see cref="CarbonMethod.Consequential"/> is no account of an inventory and is refused.</summary>
    public CarbonMethod? Accounting { get; init; }

    /// <summary>Direct emissions.</summary>
    public CarbonMass? Scope1 { get; init; }

    /// <summary>Emissions of the electricity used.</summary>
    public CarbonMass? Scope2 { get; init; }

    /// <summary>All other emissions, such as those of making the hardware.</summary>
    public CarbonMass? Scope3 { get; init; }

    /// <summary>SCI (ISO/IEC 21031) in grams of CO2e per <see cref="FunctionalUnit"/>, which must be given with it.</summary>
    public double? SciScore { get; init; }

    /// <summary>What SCI is counted by.</summary>
    public string? FunctionalUnit { get; init; }

    /// <summary>Mean intensity of the electricity used.</summary>
    public CarbonIntensity? CarbonIntensity { get; init; }

    /// <summary>What a year is expected to emit.</summary>
    public CarbonMass? EstimatedAnnualEmissions { get; init; }

    /// <summary>Renewable share of the electricity in percent, from 0 to 100.</summary>
    public double? RenewablePercent { get; init; }
}
