using System.Globalization;

namespace GreenAI.Metering.Tests;

public class BudgetCalendarTests
{
    [Theory]
    [InlineData(CalendarUnit.Minute, "UTC", 1, "2026-11-29T14:50:59Z", "2026-11-29T14:50Z", "2026-11-29T14:50Z", "2026-11-29T14:51Z")]
    [InlineData(CalendarUnit.Hour, "UTC", 1, "2026-11-29T14:50:59Z", "2026-11-29T14Z", "2026-11-29T14:00Z", "2026-11-29T15:00Z")]
    [InlineData(CalendarUnit.Day, "UTC", 1, "2026-11-29T00:00:00Z", "2026-11-29", "2026-11-29T00:00Z", "2026-11-30T00:00Z")]
    [InlineData(CalendarUnit.Week, "UTC", 1, "2026-11-29T23:59:59Z", "2026-W48", "2026-11-23T00:00Z", "2026-11-30T00:00Z")]
    [InlineData(CalendarUnit.Week, "UTC", 1, "2027-01-02T00:00:00Z", "2026-W53", "2026-12-28T00:00Z", "2027-01-04T00:00Z")]
    [InlineData(CalendarUnit.Month, "UTC", 1, "2028-02-29T12:00:00Z", "2028-02", "2028-02-01T00:00Z", "2028-03-01T00:00Z")]
    [InlineData(CalendarUnit.Month, "UTC", 1, "2100-02-28T12:00:00Z", "2100-02", "2100-02-01T00:00Z", "2100-03-01T00:00Z")]
    [InlineData(CalendarUnit.Month, "UTC", 4, "2026-11-29T12:00:00Z", "2026-11", "2026-11-01T00:00Z", "2026-12-01T00:00Z")]
    [InlineData(CalendarUnit.Quarter, "UTC", 1, "2026-11-29T12:00:00Z", "2026-Q4", "2026-10-01T00:00Z", "2027-01-01T00:00Z")]
    [InlineData(CalendarUnit.Quarter, "UTC", 4, "2027-03-31T12:00:00Z", "FY2026-04-Q4", "2027-01-01T00:00Z", "2027-04-01T00:00Z")]
    [InlineData(CalendarUnit.Quarter, "UTC", 12, "2027-02-28T12:00:00Z", "FY2026-12-Q1", "2026-12-01T00:00Z", "2027-03-01T00:00Z")]
    [InlineData(CalendarUnit.Year, "UTC", 1, "2026-12-31T23:59:59Z", "2026", "2026-01-01T00:00Z", "2027-01-01T00:00Z")]
    [InlineData(CalendarUnit.Year, "UTC", 4, "2027-03-31T23:59:59Z", "FY2026-04", "2026-04-01T00:00Z", "2027-04-01T00:00Z")]
    [InlineData(CalendarUnit.Month, "Europe/Berlin", 1, "2026-10-31T23:00:00Z", "2026-11@Europe/Berlin", "2026-10-31T23:00Z", "2026-11-30T23:00Z")]
    [InlineData(CalendarUnit.Month, "Europe/Berlin", 1, "2026-10-31T22:59:59Z", "2026-10@Europe/Berlin", "2026-09-30T22:00Z", "2026-10-31T23:00Z")]
    // 23 hours, 25 hours.
    [InlineData(CalendarUnit.Day, "Europe/Berlin", 1, "2026-03-29T12:00:00Z", "2026-03-29@Europe/Berlin", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData(CalendarUnit.Day, "Europe/Berlin", 1, "2026-10-25T12:00:00Z", "2026-10-25@Europe/Berlin", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    // The hour that comes twice is two hours.
    [InlineData(CalendarUnit.Hour, "Europe/Berlin", 1, "2026-10-25T00:30:00Z", "2026-10-25T02+02:00@Europe/Berlin", "2026-10-25T00:00Z", "2026-10-25T01:00Z")]
    [InlineData(CalendarUnit.Hour, "Europe/Berlin", 1, "2026-10-25T01:30:00Z", "2026-10-25T02+01:00@Europe/Berlin", "2026-10-25T01:00Z", "2026-10-25T02:00Z")]
    // Offsets of three quarters of an hour.
    [InlineData(CalendarUnit.Hour, "Asia/Kathmandu", 1, "2026-11-29T14:50:00Z", "2026-11-29T20+05:45@Asia/Kathmandu", "2026-11-29T14:15Z", "2026-11-29T15:15Z")]
    [InlineData(CalendarUnit.Minute, "Asia/Kathmandu", 1, "2026-11-29T14:50:30Z", "2026-11-29T20:35+05:45@Asia/Kathmandu", "2026-11-29T14:50Z", "2026-11-29T14:51Z")]
    [InlineData(CalendarUnit.Day, "Pacific/Chatham", 1, "2026-11-29T14:50:00Z", "2026-11-30@Pacific/Chatham", "2026-11-29T10:15Z", "2026-11-30T10:15Z")]
    // Lord Howe's clocks move by half an hour: one hour is cut short, then begins again.
    [InlineData(CalendarUnit.Hour, "Australia/Lord_Howe", 1, "2026-04-04T14:30:00Z", "2026-04-05T01+11:00@Australia/Lord_Howe", "2026-04-04T14:00Z", "2026-04-04T15:00Z")]
    [InlineData(CalendarUnit.Hour, "Australia/Lord_Howe", 1, "2026-04-04T15:10:00Z", "2026-04-05T01+10:30@Australia/Lord_Howe", "2026-04-04T15:00Z", "2026-04-04T15:30Z")]
    [InlineData(CalendarUnit.Hour, "Australia/Lord_Howe", 1, "2026-10-03T15:40:00Z", "2026-10-04T02+11:00@Australia/Lord_Howe", "2026-10-03T15:30Z", "2026-10-03T16:00Z")]
    // Chatham's go back at a quarter to four: the hour goes on.
    [InlineData(CalendarUnit.Hour, "Pacific/Chatham", 1, "2026-04-04T13:50:00Z", "2026-04-05T03+13:45@Pacific/Chatham", "2026-04-04T13:15Z", "2026-04-04T14:15Z")]
    [InlineData(CalendarUnit.Hour, "Pacific/Chatham", 1, "2026-04-04T14:10:00Z", "2026-04-05T03+13:45@Pacific/Chatham", "2026-04-04T13:15Z", "2026-04-04T14:15Z")]
    // Midnight is left out: the day begins at one.
    [InlineData(CalendarUnit.Day, "America/Sao_Paulo", 1, "2018-11-04T12:00:00Z", "2018-11-04@America/Sao_Paulo", "2018-11-04T03:00Z", "2018-11-05T02:00Z")]
    // Midnight comes twice: the day begins at the first.
    [InlineData(CalendarUnit.Day, "America/Havana", 1, "2026-11-01T12:00:00Z", "2026-11-01@America/Havana", "2026-11-01T04:00Z", "2026-11-02T05:00Z")]
    // Clocks that go back over midnight: it is still the day that had begun.
    [InlineData(CalendarUnit.Day, "America/St_Johns", 1, "2009-11-01T02:45:00Z", "2009-11-01@America/St_Johns", "2009-11-01T02:30Z", "2009-11-02T03:30Z")]
    // Samoa left out a day.
    [InlineData(CalendarUnit.Day, "Pacific/Apia", 1, "2011-12-30T09:59:59Z", "2011-12-29@Pacific/Apia", "2011-12-29T10:00Z", "2011-12-30T10:00Z")]
    [InlineData(CalendarUnit.Day, "Pacific/Apia", 1, "2011-12-30T10:00:00Z", "2011-12-31@Pacific/Apia", "2011-12-30T10:00Z", "2011-12-31T10:00Z")]
    public void PeriodAt_Instant_IsThePeriodOfTheZonesCalendar(CalendarUnit unit, string zone, int firstMonth, string instant, string id, string start, string end)
    {
        if (zone != "UTC") Zones.Need(zone);
        BudgetPeriod period = BudgetCalendar.PeriodAt(Zones.Window(unit, zone, firstMonth), Time(instant), default);
        Assert.Equal((id, Time(start), Time(end)), (period.Id, period.Start, period.End));
    }

    [Fact]
    public void PeriodAt_DayThatAZoneLeftOut_HasNoPeriod()
    {
        Zones.Need("Pacific/Apia");
        BudgetWindow window = Zones.Window(CalendarUnit.Day, "Pacific/Apia");
        BudgetPeriod before = BudgetCalendar.PeriodAt(window, Time("2011-12-30T09:00Z"), default);
        BudgetPeriod after = BudgetCalendar.Next(window, before);
        Assert.Equal("2011-12-31@Pacific/Apia", after.Id);
        Assert.Equal(before.End, after.Start);
        Assert.Equal(before.Id, BudgetCalendar.Previous(window, after).Id);
    }

    [Fact]
    public void PeriodAt_ZoneMadeByHand_NeedsNoDataOfTheMachine()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("Test/Half", TimeSpan.FromMinutes(-210), "Half", "Half");
        BudgetPeriod period = BudgetCalendar.PeriodAt(Zones.Window(CalendarUnit.Day, "Test/Half"), zone, Time("2026-11-29T03:29Z"));
        Assert.Equal(("2026-11-28@Test/Half", Time("2026-11-28T03:30Z"), Time("2026-11-29T03:30Z")), (period.Id, period.Start, period.End));
    }

    [Fact]
    public void PeriodAt_UnknownZone_Throws() =>
        Assert.Throws<TimeZoneNotFoundException>(() => BudgetCalendar.PeriodAt(Zones.Window(CalendarUnit.Day, "Mars/Olympus"), Time("2026-11-29T00:00Z"), default));

    [Fact]
    public void PeriodAt_RollingAndLifetime_AreTheTimeUpToNowAndAllTime()
    {
        DateTimeOffset now = Time("2026-11-29T12:00Z"), start = Time("2026-01-01T00:00Z");
        var rolling = new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromDays(1) };
        BudgetPeriod period = BudgetCalendar.PeriodAt(rolling, now, start);
        Assert.Equal(("rolling:P1D", now.AddDays(-1), now), (period.Id, period.Start, period.End));
        var lifetime = new BudgetWindow { Type = BudgetWindowType.Lifetime };
        period = BudgetCalendar.PeriodAt(lifetime, now, start);
        Assert.Equal(("lifetime", start, DateTimeOffset.MaxValue), (period.Id, period.Start, period.End));
        Assert.Equal("lifetime", BudgetCalendar.Next(lifetime, period).Id);
        Assert.Equal("lifetime", BudgetCalendar.Previous(lifetime, period).Id);
    }

    [Theory]
    [InlineData("1.00:00:00", "P1D")]
    [InlineData("01:00:00", "PT1H")]
    [InlineData("1.02:03:04.5", "P1DT2H3M4.5S")]
    [InlineData("00:05:00", "PT5M")]
    public void Iso_Length_IsIso8601(string length, string text) => Assert.Equal(text, DurationText.Iso(TimeSpan.Parse(length, CultureInfo.InvariantCulture)));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
