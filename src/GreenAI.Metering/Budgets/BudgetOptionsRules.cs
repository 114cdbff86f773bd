using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The rules of the options of budgets, with messages that name the key, the bad value and what is allowed.</summary>
internal static class BudgetOptionsRules
{
    public static IEnumerable<string> Check(BudgetOptions? options, string section)
    {
        if (options is null) yield break;
        if (options.PolicyFile is { } file && string.IsNullOrWhiteSpace(file)) yield return $"{section}:PolicyFile is empty; it must be a path, or left out.";
        if (options.AuditFolder is { } folder && string.IsNullOrWhiteSpace(folder)) yield return $"{section}:AuditFolder is empty; it must be a path, or left out.";
        if (options.Service is { } service && !IsName(service)) yield return $"{section}:Service is '{service}'; it must have from 1 to 128 characters and not be *.";
        if (options.Host is { } host && !IsName(host)) yield return $"{section}:Host is '{host}'; it must have from 1 to 128 characters and not be *.";
        if (options.MaxTenants is < 1 or > 65_536) yield return Text($"{section}:MaxTenants is {options.MaxTenants}; it must be from 1 to 65536 (default 1024).");
        foreach (string wrong in Times(options, section)) yield return wrong;
    }

    private static IEnumerable<string> Times(BudgetOptions options, string section)
    {
        if (Outside(options.PolicyInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1)))
            yield return Text($"{section}:PolicyInterval is {options.PolicyInterval:c}; it must be from 00:00:00.1000000 to 1.00:00:00 (default 00:00:05).");
        if (Outside(options.FlushInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)))
            yield return Text($"{section}:FlushInterval is {options.FlushInterval:c}; it must be from 00:00:00.0100000 to 00:01:00 (default 00:00:01).");
        if (Outside(options.LeaseTimeToLive, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)))
            yield return Text($"{section}:LeaseTimeToLive is {options.LeaseTimeToLive:c}; it must be from 00:00:01 to 01:00:00 (default 00:00:30).");
        else if (options.LeaseTimeToLive < options.FlushInterval * 5)
            yield return Text($"{section}:LeaseTimeToLive is {options.LeaseTimeToLive:c}; it must be at least 5 × {section}:FlushInterval, which is {options.FlushInterval:c}.");
    }

    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= 128 && name != BudgetScope.Each;

    private static bool Outside(TimeSpan value, TimeSpan low, TimeSpan high) => value < low || value > high;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
