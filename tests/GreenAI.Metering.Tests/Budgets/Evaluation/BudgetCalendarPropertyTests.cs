using System.Globalization;
using CsCheck;

namespace GreenAI.Metering.Tests;

public class BudgetCalendarPropertyTests
{
    private static readonly long _from = new DateTime(1950, 1, 1).Ticks, _to = new DateTime(2060, 1, 1).Ticks;

    // Most instants lie within two days or two hours of a change of the zone's offset: that is where periods go wrong.
    private static readonly Gen<(TimeZoneInfo Zone, long Ticks)> _instants =
        from zone in Gen.Int[0, Math.Max(0, Zones.All.Length - 1)]
        from ticks in Gen.Long[_from, _to]
        from near in Gen.OneOfConst(0, 1, 24)
        from hours in Gen.Long[-2 * TimeSpan.TicksPerHour, 2 * TimeSpan.TicksPerHour]
        select (Zones.All[zone], near > 0 ? Change(Zones.All[zone], ticks) + (near * hours) : ticks);

    private static readonly Gen<(CalendarUnit Unit, int FirstMonth)> _units = Gen.Select(Gen.Enum<CalendarUnit>(), Gen.Int[1, 12]);

    [Fact]
    public void PeriodAt_AnyZoneAndInstant_PeriodsTileTheTimeLine()
    {
        NeedZones();
        Gen.Select(_instants, _units).Sample(
            static (at, kind) =>
            {
                BudgetWindow window = Zones.Window(kind.Unit, at.Zone.Id, kind.FirstMonth);
                var now = new DateTimeOffset(at.Ticks, TimeSpan.Zero);
                BudgetPeriod period = BudgetCalendar.PeriodAt(window, now, default);
                Assert.True(period.Contains(now) && period.Start < period.End);
                Assert.Equal(period.Id, BudgetCalendar.PeriodAt(window, period.Start, default).Id);
                Assert.Equal(period.Id, BudgetCalendar.PeriodAt(window, period.End.AddTicks(-1), default).Id);
                var ids = new HashSet<string> { period.Id };
                BudgetPeriod next = period, previous = period;
                for (int i = 0; i < 3; i++)
                {
                    DateTimeOffset end = next.End, start = previous.Start;
                    next = BudgetCalendar.Next(window, next);
                    previous = BudgetCalendar.Previous(window, previous);
                    Assert.Equal(end, next.Start);
                    Assert.Equal(start, previous.End);
                    Assert.True(ids.Add(next.Id) && ids.Add(previous.Id), $"{next.Id} or {previous.Id} is a name for two.");
                }
            },
            iter: 3000);
    }

    [Fact]
    public void PeriodAt_Day_BeginsAtTheFirstInstantThatShowsItsMidnightOrLater()
    {
        NeedZones();
        _instants.Sample(
            static at =>
            {
                BudgetPeriod period = BudgetCalendar.PeriodAt(Zones.Window(CalendarUnit.Day, at.Zone.Id), new DateTimeOffset(at.Ticks, TimeSpan.Zero), default);
                long midnight = DateTime.ParseExact(period.Id[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture).Ticks;
                Assert.True(Local(at.Zone, period.Start.Ticks) >= midnight);
                for (long ago = 1; ago < 30 * TimeSpan.TicksPerHour; ago += TimeSpan.TicksPerMinute)
                    Assert.True(Local(at.Zone, period.Start.Ticks - ago) < midnight, $"{period.Id} had begun {TimeSpan.FromTicks(ago)} before {period.Start:O}.");
            },
            iter: 500);
    }

    [Fact]
    public void PeriodAt_Hour_IsAnHourFromAFullHourOrFromAChange()
    {
        NeedZones();
        _instants.Sample(
            static at =>
            {
                BudgetPeriod period = BudgetCalendar.PeriodAt(Zones.Window(CalendarUnit.Hour, at.Zone.Id), new DateTimeOffset(at.Ticks, TimeSpan.Zero), default);
                long start = period.Start.Ticks, end = period.End.Ticks;
                bool full = Local(at.Zone, start) % TimeSpan.TicksPerHour == 0 && end - start == TimeSpan.TicksPerHour;
                bool cut = end - start < TimeSpan.TicksPerHour && (Changes(at.Zone, start) || Changes(at.Zone, end));
                Assert.True(full || cut, $"{period.Id}: {period.Start:O} to {period.End:O}");
            },
            iter: 2000);
    }

    [Fact]
    public void PeriodAt_EndsOfTheCalendar_HavePeriods()
    {
        foreach (double hours in new[] { -12, -3.5, 0, 5.75, 14 })
        {
            TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("Test/Far", TimeSpan.FromHours(hours), "Far", "Far");
            Gen.Select(_units, Gen.Long[0, 400 * TimeSpan.TicksPerDay], Gen.Bool).Sample(
                (kind, far, first) =>
                {
                    var now = new DateTimeOffset(first ? far : DateTime.MaxValue.Ticks - far, TimeSpan.Zero);
                    BudgetPeriod period = BudgetCalendar.PeriodAt(Zones.Window(kind.Unit, "Test/Far", kind.FirstMonth), zone, now);
                    Assert.True(period.Contains(now), $"{kind} {now:O}: {period.Id} {period.Start:O} {period.End:O}");
                },
                iter: 200);
            foreach (CalendarUnit unit in Enum.GetValues<CalendarUnit>())
            {
                BudgetWindow window = Zones.Window(unit, "Test/Far", 4);
                Assert.True(BudgetCalendar.PeriodAt(window, zone, DateTimeOffset.MinValue).Contains(DateTimeOffset.MinValue));
                Assert.True(BudgetCalendar.PeriodAt(window, zone, DateTimeOffset.MaxValue).Contains(DateTimeOffset.MaxValue));
            }
        }
    }

    [Fact]
    public void MoveTo_WithinAPeriod_AllocatesNothingAndStays()
    {
        var tracker = new PeriodTracker(Zones.Window(CalendarUnit.Day), default, new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero));
        var rolling = new PeriodTracker(new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromHours(1) }, default, tracker.Current.Start);
        bool moved = false;
        AllocationAssert.Zero(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                moved |= tracker.MoveTo(tracker.Current.Start.AddSeconds(i));
                moved |= rolling.MoveTo(rolling.Current.End.AddSeconds(1));
            }
        });
        Assert.False(moved);
        Assert.Equal(TimeSpan.FromHours(1), rolling.Current.End - rolling.Current.Start);
        Assert.True(tracker.MoveTo(tracker.Current.End));
        Assert.Equal("2026-11-30", tracker.Current.Id);
        Assert.True(tracker.MoveTo(tracker.Current.Start.AddTicks(-1)));
        Assert.Equal("2026-11-29", tracker.Current.Id);
    }

    private static void NeedZones() => Assert.SkipWhen(Zones.All.Length == 0, "This machine has no data of time zones (package tzdata).");

    private static long Local(TimeZoneInfo zone, long utc) => utc + zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;

    private static bool Changes(TimeZoneInfo zone, long utc) =>
        zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)) != zone.GetUtcOffset(new DateTime(utc - 1, DateTimeKind.Utc));

    // The first minute after an instant at which the offset is another one; the instant itself where none comes in five years.
    private static long Change(TimeZoneInfo zone, long utc)
    {
        for (long day = 0; day < 5 * 366; day++)
        {
            var at = new DateTime(utc + (day * TimeSpan.TicksPerDay), DateTimeKind.Utc);
            if (zone.GetUtcOffset(at) == zone.GetUtcOffset(at.AddDays(1))) continue;
            DateTime minute = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
            while (zone.GetUtcOffset(minute) == zone.GetUtcOffset(at)) minute = minute.AddMinutes(1);
            return minute.Ticks;
        }

        return utc;
    }
}
