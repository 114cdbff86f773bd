using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>What snapshots of the page write often. What is not available is null.</summary>
internal static class PageJson
{
    public static void Figure(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }

    public static void Mass(this Utf8JsonWriter writer, string name, CarbonMass? mass) => writer.Figure(name, mass?.GramsCO2e);

    public static void Uncertainty(this Utf8JsonWriter writer, RelativeUncertainty? uncertainty)
    {
        if (uncertainty is not { } band)
        {
            writer.WriteNull("uncertainty");
            return;
        }

        writer.WriteStartObject("uncertainty");
        writer.Figure("below", band.Below);
        writer.Figure("above", band.Above);
        writer.WriteEndObject();
    }

    public static void Time(this Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        // What has no beginning or no end says so by having none.
        if (time is { } moment && moment != DateTimeOffset.MinValue && moment != DateTimeOffset.MaxValue) writer.WriteString(name, moment.UtcDateTime);
        else writer.WriteNull(name);
    }

    public static void Seconds(this Utf8JsonWriter writer, string name, TimeSpan? time) => writer.Figure(name, time?.TotalSeconds);
}
