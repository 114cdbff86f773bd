using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Reads half hours of Great Britain or of one of its regions.</summary>
internal static class UkCarbonIntensityReader
{
    /// <param name="body">The answer.</param>
    /// <param name="source">What its figures share.</param>
    /// <param name="postcode">The outward code of a region; null for the whole.</param>
    /// <param name="now">The time.</param>
    public static CarbonIntensityAnswer Read(ReadOnlyMemory<byte> body, GridSource source, string? postcode, DateTimeOffset now) =>
        GridAnswer.Read(source.Source, body, root => GridSeries.Answer(source, [.. Rows(Periods(root, postcode))], now));

    private static JsonElement Periods(JsonElement root, string? postcode)
    {
        JsonElement data = GridJson.Member(root, "data");
        if (postcode is null) return data;
        // A list of one region from /regional/postcode, the region itself from /regional/intensity.
        if (data.ValueKind == JsonValueKind.Array)
            data = data.GetArrayLength() == 1 ? data[0] : throw new GridFormatException("'data' is not one region");
        GridJson.Echo(data, "postcode", postcode);
        return GridJson.Member(data, "data");
    }

    private static IEnumerable<GridRow> Rows(JsonElement periods)
    {
        foreach (JsonElement period in GridJson.Rows(periods, "data"))
        {
            JsonElement intensity = GridJson.Member(period, "intensity");
            // Absent or null until about half an hour after the period; the forecast stands in, and says so.
            double? actual = GridJson.Number(intensity, "actual");
            if ((actual ?? GridJson.Number(intensity, "forecast")) is { } grams)
                yield return new GridRow(GridJson.Time(period, "from"), GridJson.Time(period, "to"), grams, IsForecast: actual is null);
        }
    }
}
