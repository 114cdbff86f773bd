using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>
/// The block <c>"carbon":{"kWh":{"min":…,"max":…},"kgCO2eq":{"min":…,"max":…}}</c> for the <c>usage</c> of an answer in the shape of OpenAI's, as OpenGateLLM writes it.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Marginal and provisional like all that is exposed; the ends are those of the footprint's uncertainty, which does not contain that of the grid factor. Kilowatt-hours
/// are the machine's, kilograms contain the overhead of the data centre (PUE). Serialised by any serialiser of System.Text.Json, or by <see cref="WriteTo"/>, which needs none.
/// </remarks>
public sealed record UsageCarbon
{
    private const double GramsPerKilogram = 1000;

    /// <summary>Energy in kilowatt-hours.</summary>
    [JsonPropertyName("kWh")]
    public required UsageRange KilowattHours { get; init; }

    /// <summary>Operational emissions in kilograms of CO2e; null, and not written, where no grid factor is known.</summary>
    [JsonPropertyName("kgCO2eq")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UsageRange? KilogramsCO2e { get; init; }

    /// <summary>What a request has cost so far.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Null where its endpoint does not expose <see cref="CarbonExposure.Usage"/>, or nothing is known.</returns>
    public static UsageCarbon? For(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return CarbonExposer.Of(context).HasFlag(CarbonExposure.Usage) && context.Features.Get<IInferenceFeature>() is { } feature ? Of(feature.Footprint) : null;
    }

    /// <summary>Writes the block as a value: after a property's name, or into an array.</summary>
    /// <param name="writer">The writer; not flushed.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        Write(writer, "kWh", KilowattHours);
        if (KilogramsCO2e is { } emissions) Write(writer, "kgCO2eq", emissions);
        writer.WriteEndObject();
    }

    internal static UsageCarbon? Of(in InferenceFootprint footprint)
    {
        if (footprint.Marginal is not { Microjoules: > 0 } energy || footprint.Uncertainty is not { } uncertainty) return null;
        return new UsageCarbon
        {
            KilowattHours = UsageRange.Of(energy.KilowattHours, uncertainty),
            KilogramsCO2e = footprint.MarginalGramsCO2e is { } grams ? UsageRange.Of(grams / GramsPerKilogram, uncertainty) : null,
        };
    }

    private static void Write(Utf8JsonWriter writer, string name, UsageRange range)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("min", range.Min);
        writer.WriteNumber("max", range.Max);
        writer.WriteEndObject();
    }
}
