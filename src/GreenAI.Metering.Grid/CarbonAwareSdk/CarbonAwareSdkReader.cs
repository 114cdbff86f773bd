using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Reads <c>/emissions/bylocation</c>.</summary>
internal static class CarbonAwareSdkReader
{
    public static CarbonIntensityAnswer Read(ReadOnlyMemory<byte> body, GridSource source, DateTimeOffset now) =>
        GridAnswer.Read(source.Source, body, root =>
        {
            string? place = null;
            List<GridRow> rows = [];
            foreach (JsonElement item in GridJson.Rows(root, "the answer"))
            {
                // Not the location that was asked for but the grid it lies in: CAISO_NORTH for westus. There must be one.
                string location = GridJson.Text(item, "location");
                if (location != (place ??= location)) throw new GridFormatException($"it has figures for {GridText.Quote(place)} and for {GridText.Quote(location)}");
                DateTimeOffset from = GridJson.Time(item, "time");
                if (GridJson.Number(item, "rating") is { } grams) rows.Add(new GridRow(from, from + Duration(item, from), grams));
            }

            return GridSeries.Answer(place is null ? source : source with { Source = $"{source.Source}, {GridText.Quote(place)}" }, rows, now);
        });

    // Zero where the instance has one figure only and cannot tell.
    private static TimeSpan Duration(JsonElement item, DateTimeOffset from)
    {
        string text = GridJson.Text(item, "duration");
        if (!TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan duration) || duration < TimeSpan.Zero)
            throw new GridFormatException($"'duration' is {GridText.Quote(text)}, which is not one");
        return duration < DateTimeOffset.MaxValue - from ? duration : throw new GridFormatException("'duration' reaches beyond the end of time");
    }
}
