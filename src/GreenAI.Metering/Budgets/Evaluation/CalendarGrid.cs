using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Days, weeks, months, quarters and years by number, as clocks and calendars on the wall show them: without zones.</summary>
/// <remarks>Times are ticks; they may lie outside of what a <see cref="DateTime"/> holds. Pure.</remarks>
internal readonly struct CalendarGrid(CalendarUnit unit, int firstMonth)
{
    private const int Months = 12;

    // Quarters and years begin in a month that need not be January.
    private int Shift => unit == CalendarUnit.Month ? 0 : firstMonth - 1;

    private int MonthsEach => unit switch { CalendarUnit.Month => 1, CalendarUnit.Quarter => 3, _ => Months };

    /// <summary>The number of the unit that a time is in.</summary>
    public long NumberOf(long local)
    {
        DateTime date = At(local);
        return unit switch
        {
            CalendarUnit.Day => date.Ticks / TimeSpan.TicksPerDay,
            CalendarUnit.Week => date.Ticks / (7 * TimeSpan.TicksPerDay),
            _ => Floor(((date.Year - 1) * Months) + date.Month - 1 - Shift, MonthsEach),
        };
    }

    /// <summary>When a unit begins; less than 0 or more than there is at the calendar's ends.</summary>
    public long StartOf(long number)
    {
        // The calendar's first day is a Monday.
        if (unit == CalendarUnit.Day) return number * TimeSpan.TicksPerDay;
        if (unit == CalendarUnit.Week) return number * 7 * TimeSpan.TicksPerDay;
        long month = (number * MonthsEach) + Shift;
        if (month < 0) return -1;
        return month >= DateTime.MaxValue.Year * Months ? long.MaxValue : new DateTime((int)(month / Months) + 1, (int)(month % Months) + 1, 1).Ticks;
    }

    /// <summary>The name of a unit.</summary>
    public string NameOf(long number)
    {
        DateTime start = At(StartOf(number));
        return unit switch
        {
            CalendarUnit.Day => start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            CalendarUnit.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(start):0000}-W{ISOWeek.GetWeekOfYear(start):00}"),
            CalendarUnit.Month => start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            CalendarUnit.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Year(Floor(number, 4))}-Q{number - (4 * Floor(number, 4)) + 1}"),
            _ => Year(number),
        };
    }

    private static long Floor(long value, int by) => (value - (((value % by) + by) % by)) / by;

    private static DateTime At(long local) => new(Math.Clamp(local, 0, DateTime.MaxValue.Ticks));

    // A year that does not begin in January says when it began: FY2026-04.
    private string Year(long number) => firstMonth == 1
        ? (number + 1).ToString("0000", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"FY{number + 1:0000}-{firstMonth:00}");
}
