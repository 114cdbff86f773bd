namespace GreenAI.Metering;

internal static class WattTimeOptionsRules
{
    public const string DefaultSection = "GreenAI:Carbon:WattTime";
    public const string StandardAddress = "https://api.watttime.org";

    public static IEnumerable<string> Check(WattTimeOptions options, string section) =>
    [
        .. CheckUser($"{section}:{nameof(options.UserName)}", options.UserName),
        .. GridOptionsRules.Secret($"{section}:{nameof(options.Password)}", options.Password, inHeader: false),
        .. GridOptionsRules.Place($"{section}:{nameof(options.Region)}", options.Region, "CAISO_NORTH"),
        .. GridOptionsRules.Choice($"{section}:{nameof(options.Signal)}", options.Signal),
        .. GridOptionsRules.Times(section, options.MaxAge, options.Timeout, TimeSpan.FromHours(1)),
        .. GridOptionsRules.Address($"{section}:{nameof(options.BaseAddress)}", options.BaseAddress, secrets: true, $"default {StandardAddress}"),
    ];

    private static IEnumerable<string> CheckUser(string key, string? value)
    {
        foreach (string failure in GridOptionsRules.Secret(key, value, inHeader: false)) yield return failure;
        // HTTP Basic separates user and password by the first one (RFC 7617).
        if (value is not null && value.Contains(':', StringComparison.Ordinal)) yield return $"{key} has a colon (its value is not shown), which HTTP Basic does not allow.";
    }
}
