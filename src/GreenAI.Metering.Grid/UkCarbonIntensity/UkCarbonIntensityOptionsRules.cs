using System.Text.RegularExpressions;

namespace GreenAI.Metering;

internal static partial class UkCarbonIntensityOptionsRules
{
    public const string DefaultSection = "GreenAI:Carbon:UkCarbonIntensity";
    public const string StandardAddress = "https://api.carbonintensity.org.uk";

    public static IEnumerable<string> Check(UkCarbonIntensityOptions options, string section) =>
    [
        .. CheckPostcode($"{section}:{nameof(options.Postcode)}", options.Postcode),
        .. GridOptionsRules.Times(section, options.MaxAge, options.Timeout, TimeSpan.FromHours(1)),
        .. GridOptionsRules.Address($"{section}:{nameof(options.BaseAddress)}", options.BaseAddress, secrets: false, $"default {StandardAddress}"),
    ];

    private static IEnumerable<string> CheckPostcode(string key, string? value)
    {
        if (value is not null && !Outward().IsMatch(value))
        {
            yield return $"{key} is {GridText.Quote(value)}; it must be the outward part of a British postcode in capitals, such as RG10 or SW1A, "
                + "or not set for Great Britain as a whole.";
        }
    }

    [GeneratedRegex(@"\A[A-Z]{1,2}[0-9][A-Z0-9]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Outward();
}
