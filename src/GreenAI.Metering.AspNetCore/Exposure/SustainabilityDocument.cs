using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Writes the sustainability document: mandatory members always, all others only where they are known, never null.</summary>
[Experimental("GAIM0001")]
internal sealed class SustainabilityDocument(SustainabilityDataOptions options)
{
    /// <summary>Writes the document.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="today">The day it is, by UTC.</param>
    /// <param name="tier">How well this process meters.</param>
    /// <param name="figures">The figures; null: none are known.</param>
    /// <param name="noise">What they are multiplied by.</param>
    public void Write(Utf8JsonWriter writer, DateOnly today, MeasurementTier tier, SustainabilityFigures? figures, double noise)
    {
        writer.WriteStartObject();
        writer.WriteString("version", options.Version);
        // The midnight before: nothing in it changes within a day, and nothing tells more than the day.
        writer.WriteString("updated", today.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture));
        writer.WriteString("capabilities", options.Capabilities);
        writer.WriteString("provider", options.Provider);
        writer.WriteString("measurement-method", options.MeasurementMethod ?? Method(tier));
        writer.WriteString("methodology-uri", options.MethodologyUri!.AbsoluteUri);
        writer.WriteString("reporting-period", figures?.ReportingPeriod ?? today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("target", options.Target);
        if (options.TargetType is { } type) writer.WriteString("target-type", type);
        if (figures is not null) Write(writer, figures, noise);
        if (options.VerifiableAttestationUri is { } attestation) writer.WriteString("verifiable-attestation-uri", attestation.AbsoluteUri);
        if (options.DisclosureUri is { } disclosure) writer.WriteString("disclosure-uri", disclosure.AbsoluteUri);
        foreach ((string name, double value) in options.Extensions) writer.WriteNumber(name, value);
        writer.WriteEndObject();
    }

    private static string Method(MeasurementTier tier) => tier switch
    {
        MeasurementTier.Measured => "hardware-metered",
        MeasurementTier.Modelled => "hardware-estimated",
        _ => "nothing is metered at present",
    };

    private static void Write(Utf8JsonWriter writer, SustainabilityFigures figures, double noise)
    {
        if (Rounded(figures.Energy?.KilowattHours * noise) is { } energy)
        {
            writer.WriteNumber("energy-consumption", energy);
            writer.WriteString("energy-unit", "kWh");
        }

        if ((figures.CarbonFootprint ?? figures.Scope1 ?? figures.Scope2 ?? figures.Scope3) is not null)
        {
            Write(writer, "carbon-footprint", figures.CarbonFootprint?.GramsCO2e * noise);
            writer.WriteString("carbon-unit", "gCO2e");
        }

        if (figures.Accounting is { } accounting) writer.WriteString("carbon-accounting", accounting == CarbonMethod.MarketBased ? "market-based" : "location-based");
        Write(writer, "scope-1", figures.Scope1?.GramsCO2e * noise);
        Write(writer, "scope-2", figures.Scope2?.GramsCO2e * noise);
        Write(writer, "scope-3", figures.Scope3?.GramsCO2e * noise);
        Write(writer, "sci-score", figures.SciScore * noise);
        if (figures.SciScore is not null) writer.WriteString("functional-unit", figures.FunctionalUnit);
        Write(writer, "carbon-intensity-gCO2e-per-kWh", figures.CarbonIntensity?.GramsPerKilowattHour);
        Write(writer, "estimated-annual-emissions-kgCO2e", figures.EstimatedAnnualEmissions?.KilogramsCO2e * noise);
        if (figures.RenewablePercent is { } share) writer.WriteNumber("renewable-energy", share);
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (Rounded(value) is { } number) writer.WriteNumber(name, number);
    }

    // 3 significant digits, as all that callers from outside are told.
    private static double? Rounded(double? value) => value is { } number ? double.Parse(number.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
