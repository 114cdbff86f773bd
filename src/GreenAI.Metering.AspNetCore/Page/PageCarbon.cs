using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Grams, and what they are reckoned by, of a snapshot.</summary>
internal static class PageCarbon
{
    public static void Write(Utf8JsonWriter writer, CarbonTotals carbon)
    {
        writer.WriteStartObject("carbon");
        writer.Mass("operational", carbon.Operational);
        writer.Mass("idle", carbon.OperationalIdle);
        writer.Mass("unattributed", carbon.OperationalUnattributed);
        writer.Mass("other", carbon.OperationalOther);
        writer.WriteString("reason", carbon.Reason);
        writer.Mass("embodied", carbon.Embodied);
        writer.WriteString("embodiedReason", carbon.EmbodiedReason);
        writer.WriteString("method", carbon.Method.ToString());
        writer.WriteString("boundary", carbon.Boundary.ToString());
        writer.Figure("pue", carbon.Pue);
        writer.Figure("waterLitres", carbon.WaterLitres);
        writer.WriteNumber("pricedShare", carbon.PricedShare);
        writer.WriteNumber("fallbackShare", carbon.FallbackShare);
        if (carbon.CurrentFactor is { } factor) Write(writer, factor);
        else writer.WriteNull("factor");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CarbonFactor factor)
    {
        writer.WriteStartObject("factor");
        writer.Figure("gramsPerKilowattHour", factor.Intensity.GramsPerKilowattHour);
        writer.WriteString("kind", factor.Kind.ToString());
        writer.WriteString("source", factor.Source);
        writer.WriteString("zone", factor.Zone);
        writer.WriteString("licence", factor.Licence);
        writer.WriteBoolean("isEstimated", factor.IsEstimated);
        writer.WriteBoolean("isForecast", factor.IsForecast);
        writer.WriteNumber("fallbackRank", factor.FallbackRank);
        writer.Time("validTo", factor.ValidTo);
        writer.Uncertainty(factor.Uncertainty);
        writer.WriteEndObject();
    }
}
