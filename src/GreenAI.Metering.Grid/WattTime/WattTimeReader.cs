using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Reads <c>/v3/forecast</c> and <c>/login</c>.</summary>
internal static class WattTimeReader
{
    private const double GramsPerKilowattHourOfPoundsPerMegawattHour = 0.45359237;
    private const string Units = "lbs_co2_per_mwh";
    private const int LongestToken = 8192;

    public static CarbonIntensityAnswer Read(ReadOnlyMemory<byte> body, GridSource source, DateTimeOffset now) =>
        GridAnswer.Read(source.Source, body, root => GridSeries.Answer(source, [.. Rows(root, source)], now));

    /// <summary>The token of a login, or why there is none.</summary>
    public static CarbonIntensityAnswer? ReadToken(ReadOnlyMemory<byte> body, string source, out string token)
    {
        string read = "";
        CarbonIntensityAnswer answer = GridAnswer.Read(source, body, root =>
        {
            read = GridJson.Text(root, "token");
            // It is a secret: not quoted.
            if (read.Length is 0 or > LongestToken || !GridOptionsRules.IsVisibleAscii(read)) throw new GridFormatException("'token' is not one");
            return CarbonIntensityAnswer.Refused(CarbonGap.Pending, "logged in");
        });
        token = read;
        return answer.Gap == CarbonGap.Pending ? null : answer;
    }

    /// <summary>WattTime's name of a signal.</summary>
    public static string Word(CarbonSignal signal) => signal == CarbonSignal.Marginal ? "co2_moer" : "co2_aoer";

    private static IEnumerable<GridRow> Rows(JsonElement root, GridSource source)
    {
        JsonElement meta = GridJson.Member(root, "meta");
        GridJson.Echo(meta, "region", source.Zone);
        GridJson.Echo(meta, "signal_type", Word(source.Kind.Signal));
        // Health damage and other signals come in other units: a factor for the wrong one would be a false number.
        GridJson.Echo(meta, "units", Units);
        if (GridJson.Number(meta, "data_point_period_seconds") is not { } seconds) throw new GridFormatException("'data_point_period_seconds' is missing");
        if (seconds is not (>= 1 and <= 86_400)) throw new GridFormatException("'data_point_period_seconds' is not from 1 to 86400");
        var period = TimeSpan.FromSeconds(seconds);
        foreach (JsonElement point in GridJson.Rows(GridJson.Member(root, "data"), "data"))
        {
            if (GridJson.Number(point, "value") is not { } pounds) continue;
            DateTimeOffset from = GridJson.Time(point, "point_time");
            if (DateTimeOffset.MaxValue - from < period) throw new GridFormatException("'point_time' lies at the end of time");
            yield return new GridRow(from, from + period, pounds * GramsPerKilowattHourOfPoundsPerMegawattHour, IsForecast: true);
        }
    }
}
