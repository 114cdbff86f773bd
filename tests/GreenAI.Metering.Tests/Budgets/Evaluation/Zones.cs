namespace GreenAI.Metering.Tests;

/// <summary>Time zones of this machine.</summary>
internal static class Zones
{
    /// <summary>All of them; none where the machine has no data of zones.</summary>
    public static TimeZoneInfo[] All { get; } = [.. TimeZoneInfo.GetSystemTimeZones().Where(static zone => zone.Id != "UTC")];

    /// <summary>A zone; skips the test where the machine does not know it.</summary>
    public static TimeZoneInfo Need(string id)
    {
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone), $"This machine has no data of the time zone {id} (package tzdata).");
        return zone;
    }

    /// <summary>A window of a calendar unit.</summary>
    public static BudgetWindow Window(CalendarUnit unit, string zone = "UTC", int firstMonth = 1) =>
        new() { Type = BudgetWindowType.Calendar, Unit = unit, TimeZone = zone, FirstMonth = firstMonth };
}
