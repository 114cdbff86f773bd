namespace GreenAI.Metering;

internal static class CarbonAwareSdkOptionsRules
{
    public const string DefaultSection = "GreenAI:Carbon:CarbonAwareSdk";

    public static IEnumerable<string> Check(CarbonAwareSdkOptions options, string section) =>
    [
        .. GridOptionsRules.Address($"{section}:{nameof(options.BaseAddress)}", options.BaseAddress, secrets: false, "such as http://carbon-aware-sdk:8080"),
        .. GridOptionsRules.Place($"{section}:{nameof(options.Location)}", options.Location, "eastus"),
        .. GridOptionsRules.Choice($"{section}:{nameof(options.Signal)}", options.Signal),
        .. GridOptionsRules.Choice($"{section}:{nameof(options.Boundary)}", options.Boundary),
        .. GridOptionsRules.Times(section, options.MaxAge, options.Timeout, TimeSpan.FromHours(2)),
    ];
}
