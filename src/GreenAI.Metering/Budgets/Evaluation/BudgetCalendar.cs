using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The periods of windows.</summary>
/// <remarks>
/// Periods of a calendar window follow each other without gaps and without overlaps. A day, week, month, quarter or year begins at the first instant at which
/// clocks of the zone show its first midnight or a later time: the earlier one where midnight comes twice, the first valid instant where it is left out. A day
/// may have 23 or 25 hours; one that a zone left out has no period. Minutes and hours are as long as ever and begin at the full minute or hour of the zone's
/// clock; only where an offset changes by a part of them is one shorter. Pure: nothing is kept.
/// </remarks>
internal static class BudgetCalendar
{
    private static readonly long _last = DateTime.MaxValue.Ticks;

    /// <summary>The period that an instant is in.</summary>
    /// <param name="window">The window.</param>
    /// <param name="utcNow">The instant.</param>
    /// <param name="lifetimeStart">When a lifetime window begins.</param>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the zone.</exception>
    public static BudgetPeriod PeriodAt(BudgetWindow window, DateTimeOffset utcNow, DateTimeOffset lifetimeStart) => window.Type switch
    {
        BudgetWindowType.Calendar => PeriodAt(window, TimeZoneInfo.FindSystemTimeZoneById(window.TimeZone), utcNow),
        BudgetWindowType.Rolling => Rolling("rolling:" + DurationText.Iso(window.Length), window.Length, utcNow),
        _ => new BudgetPeriod("lifetime", lifetimeStart.ToUniversalTime(), DateTimeOffset.MaxValue),
    };

    /// <summary>The period after one; itself where there is none.</summary>
    public static BudgetPeriod Next(BudgetWindow window, in BudgetPeriod period) =>
        window.Type != BudgetWindowType.Calendar || period.End == DateTimeOffset.MaxValue ? period : PeriodAt(window, period.End, default);

    /// <summary>The period before one; itself where there is none.</summary>
    public static BudgetPeriod Previous(BudgetWindow window, in BudgetPeriod period) =>
        window.Type != BudgetWindowType.Calendar || period.Start == DateTimeOffset.MinValue ? period : PeriodAt(window, period.Start.AddTicks(-1), default);

    /// <summary>The period of a calendar window in a zone of any making.</summary>
    internal static BudgetPeriod PeriodAt(BudgetWindow window, TimeZoneInfo zone, DateTimeOffset utcNow)
    {
        var clock = new ZoneClock(zone);
        string suffix = window.TimeZone == "UTC" ? "" : "@" + window.TimeZone;
        return window.Unit is CalendarUnit.Minute or CalendarUnit.Hour
            ? Short(window.Unit, clock, utcNow.UtcTicks, suffix)
            : Long(new CalendarGrid(window.Unit, window.FirstMonth), clock, utcNow.UtcTicks, suffix);
    }

    /// <summary>The time up to now.</summary>
    internal static BudgetPeriod Rolling(string id, TimeSpan length, DateTimeOffset utcNow) =>
        new(id, Utc(utcNow.UtcTicks - length.Ticks), utcNow.ToUniversalTime());

    private static BudgetPeriod Long(CalendarGrid grid, ZoneClock clock, long now, string suffix)
    {
        // Clocks that go back over midnight show the day before again: what counts is when each began first.
        long number = grid.NumberOf(now + clock.OffsetAt(now));
        long start = clock.FirstAt(grid.StartOf(number));
        while (start > now) start = clock.FirstAt(grid.StartOf(--number));
        long end = clock.FirstAt(grid.StartOf(number + 1));
        while (end <= now && end < _last)
        {
            start = end;
            end = clock.FirstAt(grid.StartOf(++number + 1));
        }

        return new BudgetPeriod(grid.NameOf(number) + suffix, Utc(start), Utc(end));
    }

    private static BudgetPeriod Short(CalendarUnit unit, ZoneClock clock, long now, string suffix)
    {
        long length = unit == CalendarUnit.Hour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerMinute;
        long offset = clock.OffsetAt(now);
        long start = now - ((((now + offset) % length) + length) % length), end = start + length;
        if ((clock.OffsetAt(start) - offset) % length != 0) start = clock.FirstChange(start, now);
        if ((clock.OffsetAt(end) - offset) % length != 0) end = clock.FirstChange(now, end);

        // Clocks may move within an hour without cutting it: Chatham's do at a quarter to. Its name is what they showed when it began.
        offset = clock.OffsetAt(start);
        return new BudgetPeriod(ShortName(unit, start + offset, offset, suffix), Utc(start), Utc(end));
    }

    private static string ShortName(CalendarUnit unit, long local, long offset, string suffix)
    {
        var start = new DateTime(Math.Clamp(local, 0, _last));
        string name = start.ToString(unit == CalendarUnit.Hour ? "yyyy-MM-dd'T'HH" : "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        if (suffix.Length == 0) return name + "Z";
        string sign = offset < 0 ? "-" : "+";
        return string.Create(CultureInfo.InvariantCulture, $"{name}{sign}{TimeSpan.FromTicks(Math.Abs(offset)):hh\\:mm}{suffix}");
    }

    private static DateTimeOffset Utc(long ticks) => new(Math.Clamp(ticks, 0, _last), TimeSpan.Zero);
}
