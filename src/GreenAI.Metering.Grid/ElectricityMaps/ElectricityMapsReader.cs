using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Reads <c>/v3/carbon-intensity/latest</c>.</summary>
internal static class ElectricityMapsReader
{
    public static CarbonIntensityAnswer Read(ReadOnlyMemory<byte> body, GridSource source, TimeSpan period, DateTimeOffset now) =>
        GridAnswer.Read(source.Source, body, root => GridSeries.Answer(source, [.. Rows(root, source, period)], now));

    /// <summary>The word of the interface for a boundary.</summary>
    public static string Word(CarbonBoundary boundary) => boundary == CarbonBoundary.Lifecycle ? "lifecycle" : "direct";

    private static IEnumerable<GridRow> Rows(JsonElement root, GridSource source, TimeSpan period)
    {
        GridJson.Echo(root, "zone", source.Zone);
        // Older answers do not repeat it; one that does and differs would be another kind of number.
        if (GridJson.Optional(root, "emissionFactorType") is { ValueKind: not JsonValueKind.Null })
            GridJson.Echo(root, "emissionFactorType", Word(source.Kind.Boundary));
        GridJson.Member(root, "carbonIntensity");
        if (GridJson.Number(root, "carbonIntensity") is not { } grams) yield break;
        DateTimeOffset from = GridJson.Time(root, "datetime");
        if (DateTimeOffset.MaxValue - from < period) throw new GridFormatException("'datetime' lies at the end of time");
        yield return new GridRow(from, from + period, grams, IsEstimated: GridJson.Flag(root, "isEstimated"));
    }
}
