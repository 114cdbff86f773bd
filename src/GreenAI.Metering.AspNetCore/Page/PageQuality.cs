using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>How good the figures of a snapshot are, and what metering itself costs.</summary>
internal static class PageQuality
{
    public static void Write(Utf8JsonWriter writer, EnergyMeter meter, EnergyTotals totals)
    {
        BoardQuality quality = BoardQuality.Of(totals, []);
        writer.WriteStartObject("quality");
        writer.WriteString("tier", quality.Tier.ToString());
        writer.Figure("coverage", totals.Devices.Count == 0 ? null : quality.Coverage);
        writer.WriteNumber("holes", quality.Holes);
        writer.Uncertainty(quality.Uncertainty);
        writer.Figure("selfWatts", totals.SelfCost.Power?.Watts);
        writer.WriteNumber("selfProcessorShare", totals.SelfCost.ProcessorShare);
        writer.WriteNumber("openScopes", totals.OpenScopes);
        writer.WriteNumber("droppedScopes", totals.DroppedScopes);
        writer.WriteBoolean("isRunning", meter.IsRunning);
        writer.WriteEndObject();
        writer.WriteStartArray("detection");
        foreach (SourceFinding finding in meter.Detection.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("source", finding.Source);
            writer.WriteString("status", finding.Status.ToString());
            writer.WriteString("reason", finding.Reason);
            writer.WriteString("remedy", finding.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
