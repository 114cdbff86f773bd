using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The indicators of a snapshot: those of the host. Of models there could be thousands of rows; what each has cost stands with the models.</summary>
internal static class PageKpis
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<KpiReading> readings)
    {
        writer.WriteStartArray("kpis");
        foreach (KpiReading reading in readings)
        {
            if (reading.Model is null) Write(writer, reading);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, in KpiReading reading)
    {
        KpiValue value = reading.Value;
        KpiDefinition definition = value.Definition;
        writer.WriteStartObject();
        writer.WriteString("name", definition.Name);
        writer.WriteString("abbreviation", definition.Abbreviation);
        writer.WriteString("qualifier", value.Qualifier);
        writer.WriteString("unit", definition.Unit);
        writer.WriteString("formula", definition.Formula);
        writer.Seconds("askedSeconds", reading.Asked);
        writer.Seconds("windowSeconds", value.Window);
        writer.Figure("value", value.Value);
        writer.Figure("numerator", value.Value is null ? null : value.Numerator);
        writer.Figure("denominator", value.Value is null ? null : value.Denominator);
        writer.WriteString("reason", KpiText.ReasonOf(value));
        writer.WriteString("tier", value.Tier.ToString());
        writer.Uncertainty(value.Uncertainty);
        writer.WriteString("verdict", value.Verdict.ToString());
        if (value.Target is { } target)
        {
            writer.WriteStartObject("target");
            writer.WriteString("comparison", target.Comparison.ToString());
            writer.Figure("bound", target.Bound);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("target");
        }

        writer.WriteEndObject();
    }
}
