using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Makes factors of figures: in order of time, each once, none overlapping another.</summary>
/// <remarks>
/// Where the next figure is not there yet, the last one stands in until <see cref="GridSource.MaxAge"/> after its time began, as a
/// factor of its own that says it is a forecast: nobody observed it.
/// </remarks>
internal static class GridSeries
{
    /// <summary>Half hours of a week, or five minutes of three and a half days: more than any source is asked for.</summary>
    public const int MaxRows = 1024;

    private static readonly TimeSpan _longestRow = TimeSpan.FromDays(1);
    private static readonly TimeSpan _furthestRow = TimeSpan.FromDays(14);

    // Clocks differ, and a forecast may begin with its next period.
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(5);

    public static CarbonIntensityAnswer Answer(GridSource source, IReadOnlyCollection<GridRow> rows, DateTimeOffset now)
    {
        if (rows.Count == 0)
            return CarbonIntensityAnswer.Refused(CarbonGap.NoData, $"{source.Source} has no figure for {GridText.Quote(source.Zone)} now.");
        if (rows.Count > MaxRows) throw new GridFormatException(string.Create(CultureInfo.InvariantCulture, $"it has {rows.Count} rows, more than {MaxRows}"));
        foreach (GridRow row in rows) Check(row, now);
        GridRow[] ordered = Order(rows);
        if (ordered[0].From > now)
        {
            if (ordered[0].From - now > _slack)
            {
                throw new GridFormatException(
                    $"its first figure is for {GridText.Time(ordered[0].From)}, in the future of this host's clock ({GridText.Time(now)}); check the clocks");
            }

            ordered[0] = ordered[0] with { From = now, To = ordered[0].To > now ? ordered[0].To : now };
        }

        GridRow current = ordered.Last(row => row.From <= now);
        return now >= current.To && now - current.From >= source.MaxAge
            ? CarbonIntensityAnswer.Refused(
                CarbonGap.Stale,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The latest figure of {source.Source} for {GridText.Quote(source.Zone)} is for {GridText.Time(current.From)}, longer ago than MaxAge ({source.MaxAge:c})."))
            : CarbonIntensityAnswer.Of(Factors(source, ordered, now));
    }

    private static void Check(GridRow row, DateTimeOffset now)
    {
        if (row.GramsPerKilowattHour is not (>= 0 and <= 10_000))
        {
            throw new GridFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{row.GramsPerKilowattHour:G6} g CO2e/kWh cannot be; it must be from 0 to 10000"));
        }

        if (row.To < row.From) throw new GridFormatException($"a figure for {GridText.Time(row.From)} ends before it begins");
        if (row.To - row.From > _longestRow) throw new GridFormatException($"a figure for {GridText.Time(row.From)} holds for longer than a day");
        if (row.From - now > _furthestRow) throw new GridFormatException($"a figure for {GridText.Time(row.From)} lies more than 14 days ahead");
    }

    // The sort is stable: of two figures for one time the observed one counts, else the one that was said last.
    private static GridRow[] Order(IEnumerable<GridRow> rows) =>
        [.. rows.GroupBy(row => row.From).OrderBy(same => same.Key).Select(same => same.OrderBy(row => !row.IsForecast).Last())];

    private static List<CarbonFactor> Factors(GridSource source, GridRow[] rows, DateTimeOffset now)
    {
        List<CarbonFactor> factors = [];
        for (int i = 0; i < rows.Length; i++)
        {
            GridRow row = rows[i];
            DateTimeOffset end = i + 1 < rows.Length ? rows[i + 1].From : DateTimeOffset.MaxValue;
            DateTimeOffset to = Earlier(row.To, end);
            if (to > row.From) factors.Add(Factor(source, row with { To = to }, now));
            DateTimeOffset held = Earlier(row.From + source.MaxAge, end);
            if (held > to) factors.Add(Factor(source, row with { From = to, To = held, IsForecast = true }, now));
        }

        return factors;
    }

    private static CarbonFactor Factor(GridSource source, GridRow row, DateTimeOffset now) => new()
    {
        Intensity = CarbonIntensity.FromGramsPerKilowattHour(row.GramsPerKilowattHour),
        Kind = source.Kind,
        Source = source.Source,
        Zone = source.Zone,
        Licence = source.Licence,
        ValidFrom = row.From,
        ValidTo = row.To,
        IsEstimated = row.IsEstimated,
        IsForecast = row.IsForecast,
        RetrievedAt = now,
    };

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
