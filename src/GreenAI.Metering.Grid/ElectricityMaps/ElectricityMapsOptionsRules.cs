namespace GreenAI.Metering;

internal static class ElectricityMapsOptionsRules
{
    public const string DefaultSection = "GreenAI:Carbon:ElectricityMaps";
    public const string StandardAddress = "https://api.electricitymaps.com";

    public static IEnumerable<string> Check(ElectricityMapsOptions options, string section) =>
    [
        .. GridOptionsRules.Secret($"{section}:{nameof(options.ApiKey)}", options.ApiKey, inHeader: true),
        .. GridOptionsRules.Place($"{section}:{nameof(options.Zone)}", options.Zone, "DE or US-CAL-CISO"),
        .. GridOptionsRules.Choice<CarbonBoundary>($"{section}:{nameof(options.Boundary)}", options.Boundary),
        .. GridOptionsRules.Choice<ElectricityMapsGranularity>($"{section}:{nameof(options.Granularity)}", options.Granularity),
        .. GridOptionsRules.Times(section, options.MaxAge, options.Timeout, TimeSpan.FromHours(2)),
        .. GridOptionsRules.Address($"{section}:{nameof(options.BaseAddress)}", options.BaseAddress, secrets: true, $"default {StandardAddress}"),
    ];
}
