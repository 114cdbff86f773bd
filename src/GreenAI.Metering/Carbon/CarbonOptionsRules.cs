using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The rules of the carbon options, with messages that name the key, the bad value and what is allowed.</summary>
internal static class CarbonOptionsRules
{
    // Ten years of it, over the shortest lifespan, fit into the books.
    private const double MostKilograms = 1e7;

    public static IEnumerable<string> Check(CarbonOptions? options, string section)
    {
        if (options is null) yield break;
        string[] places = [.. Places(options)];
        if (places.Length > 1)
            yield return $"{section} has {string.Join(" and ", places)}; one of them says the place, which cannot be two.";
        if (options.Zone is { } zone && !YearlyCarbonIntensity.TryForCountry(zone, out _))
            yield return Unknown($"{section}:Zone", zone, YearlyCarbonIntensity.Allowed, CountryTable.Shipped.Nearest(zone));
        if (options.CloudRegion is { } region && !CloudRegion.TryFind(region, out _))
            yield return Unknown($"{section}:CloudRegion", region, CloudRegion.Allowed, CloudRegionTable.Shipped.Nearest(region));
        if (options.GramsPerKilowattHour is { } grams)
        {
            if (!CarbonIntensity.IsPossible(grams)) yield return Text($"{section}:GramsPerKilowattHour is {grams}; it must be from 0 to 10000.");
            if (string.IsNullOrWhiteSpace(options.Source)) yield return $"{section}:GramsPerKilowattHour has no {section}:Source; say whose figure it is, for reports.";
        }

        if (options.Pue is { } pue and not (>= 1 and <= 10))
            yield return Text($"{section}:Pue is {pue}; it must be from 1 to 10: facility energy per energy of its machines (1 for a machine outside a data centre).");
        if (options.WueLitresPerKilowattHour is { } wue and not (>= 0 and <= 100))
            yield return Text($"{section}:WueLitresPerKilowattHour is {wue}; it must be from 0 to 100 litres per kilowatt-hour.");
        if (!Enum.IsDefined(options.Method)) yield return Text($"{section}:Method is {(int)options.Method}; it must be one of {string.Join(", ", Enum.GetNames<CarbonMethod>())}.");
        else if (places.Length == 1 && options.GramsPerKilowattHour is null && Enum.IsDefined(options.Boundary) && MethodRefusal(options) is { } wrongKind)
            yield return $"{section}:{places[0]} gives yearly averages. {wrongKind}";
        if (!Enum.IsDefined(options.Boundary)) yield return Text($"{section}:Boundary is {(int)options.Boundary}; it must be one of {string.Join(", ", Enum.GetNames<CarbonBoundary>())}.");
        if (options.RefreshInterval < TimeSpan.FromMinutes(1) || options.RefreshInterval > TimeSpan.FromDays(1))
            yield return Text($"{section}:RefreshInterval is {options.RefreshInterval:c}; it must be from 00:01:00 to 1.00:00:00 (default 00:05:00).");
        if (options.HoldFor < TimeSpan.Zero || options.HoldFor > TimeSpan.FromDays(1))
            yield return Text($"{section}:HoldFor is {options.HoldFor:c}; it must be from 00:00:00 to 1.00:00:00 (default 00:15:00).");
        foreach ((string name, EmbodiedOptions? item) in options.Embodied ?? new Dictionary<string, EmbodiedOptions>())
        {
            foreach (string wrong in Check(item, $"{section}:Embodied:{name}")) yield return wrong;
        }
    }

    private static IEnumerable<string> Check(EmbodiedOptions? item, string section)
    {
        if (item is null || (item.Hardware is null && item.KilogramsCO2e is null))
        {
            yield return $"{section} says neither Hardware (an entry of the catalogue) nor KilogramsCO2e.";
            yield break;
        }

        if (item.Hardware is { } hardware && !EmbodiedCatalogue.TryFind(hardware, out _))
            yield return Unknown($"{section}:Hardware", hardware, $"one of {EmbodiedCatalogue.Allowed}", EmbodiedTable.Shipped.Nearest(hardware));
        if (item.KilogramsCO2e is { } kilograms and not (> 0 and <= 1e6)) yield return Text($"{section}:KilogramsCO2e is {kilograms}; it must be above 0 and at most 1000000.");
        if (item.Uncertainty is { } band and not (>= 0 and <= 10)) yield return Text($"{section}:Uncertainty is {band}; it must be from 0 to 10: a fraction of the kilograms.");
        if (item.LifespanYears is { } years and not (>= 0.1 and <= 50)) yield return Text($"{section}:LifespanYears is {years}; it must be from 0.1 to 50.");
        if (item.Count is < 1 or > 100_000) yield return Text($"{section}:Count is {item.Count}; it must be from 1 to 100000 (default 1).");
        else if (Kilograms(item) * item.Count is > MostKilograms and double total)
            yield return Text($"{section} is {total:0} kg in all; it must be at most {MostKilograms:0}: is KilogramsCO2e in grams?");
        if (item.Share is not (> 0 and <= 1)) yield return Text($"{section}:Share is {item.Share}; it must be above 0 and at most 1 (default 1): was it given in percent?");
        if (item.Devices is { } devices && string.IsNullOrWhiteSpace(devices))
            yield return $"{section}:Devices is empty; it must be cpu, gpu, accelerator, or the beginning of a device's identifier.";
    }

    private static double Kilograms(EmbodiedOptions item) => item.KilogramsCO2e
        ?? (item.Hardware is { } hardware && EmbodiedCatalogue.TryFind(hardware, out EmbodiedFigure? found) ? found.Total.KilogramsCO2e : 0);

    private static IEnumerable<string> Places(CarbonOptions options)
    {
        if (options.Zone is not null) yield return nameof(options.Zone);
        if (options.CloudRegion is not null) yield return nameof(options.CloudRegion);
        if (options.GramsPerKilowattHour is not null) yield return nameof(options.GramsPerKilowattHour);
    }

    private static string? MethodRefusal(CarbonOptions options) => CarbonMethodRules.Refusal(
        options.Method, options.Boundary, new CarbonKind(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Lifecycle));

    private static string Unknown(string key, string value, string allowed, string nearest) =>
        $"{key} is '{Nearest.Shown(value)}'; it must be {allowed}; nearest are {nearest}.";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
