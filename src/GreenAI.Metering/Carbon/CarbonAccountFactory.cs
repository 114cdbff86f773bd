using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Resolves the options of carbon accounting: places to factors, hardware to kilograms.</summary>
internal static class CarbonAccountFactory
{
    private const double DaysPerYear = 365;

    /// <exception cref="ArgumentException">A provider gives another kind of factor than the account takes.</exception>
    public static CarbonAccount Create(
        CarbonOptions options, IReadOnlyList<ICarbonIntensityProvider> live, TimeProvider timeProvider, ILogger logger)
    {
        CloudRegion? region = options.CloudRegion is { } name ? CloudRegion.Find(name) : null;
        List<ICarbonIntensityProvider> providers = [.. live];
        if (Stated(options) is { } stated) providers.Add(stated);
        foreach (ICarbonIntensityProvider provider in providers)
        {
            if (CarbonMethodRules.Refusal(options.Method, options.Boundary, provider.Kind) is { } refusal)
                throw new ArgumentException($"The grid carbon intensity '{provider.Name}' cannot be used. {refusal}", nameof(options));
        }

        double? pue = options.Pue ?? region?.Pue;
        FactorTimeline? timeline = providers.Count > 0 ? new FactorTimeline(options.HoldFor) : null;
        return new CarbonAccount
        {
            Method = options.Method,
            Boundary = options.Boundary,
            Pue = pue,
            Wue = options.WueLitresPerKilowattHour ?? region?.WueLitresPerKilowattHour,
            Timeline = timeline,
            // Without a PUE no answer could be used: nobody is asked.
            Feed = timeline is null || pue is null ? null : new CarbonFeed(providers, timeline, options.RefreshInterval, timeProvider, logger),
            Embodied = [.. (options.Embodied ?? new Dictionary<string, EmbodiedOptions>()).Select(item => Item(item.Key, item.Value))],
        };
    }

    private static ICarbonIntensityProvider? Stated(CarbonOptions options) =>
        options.GramsPerKilowattHour is { } grams ? new ConstantCarbonIntensity(Constant(options, grams))
        : options.CloudRegion is { } region ? YearlyCarbonIntensity.ForCloudRegion(region)
        : options.Zone is { } zone ? YearlyCarbonIntensity.ForCountry(zone)
        : null;

    private static CarbonFactor Constant(CarbonOptions options, double grams) => new()
    {
        Intensity = CarbonIntensity.FromGramsPerKilowattHour(grams),
        Kind = new CarbonKind(
            options.Method == CarbonMethod.Consequential ? CarbonSignal.Marginal : CarbonSignal.Average,
            options.Method == CarbonMethod.MarketBased ? CarbonBasis.Market : CarbonBasis.Location,
            options.Boundary),
        Source = options.Source ?? string.Empty,
    };

    private static EmbodiedItem Item(string name, EmbodiedOptions options)
    {
        EmbodiedFigure? hardware = options.Hardware is { } id ? EmbodiedCatalogue.Find(id) : null;
        double kilograms = options.KilogramsCO2e ?? hardware?.Total.KilogramsCO2e ?? 0;
        return new EmbodiedItem
        {
            Name = name,
            Total = CarbonMass.FromKilograms(kilograms * options.Count),
            Lifespan = options.LifespanYears is { } years ? TimeSpan.FromDays(years * DaysPerYear) : hardware?.Lifespan,
            Share = options.Share,
            Uncertainty = options.Uncertainty is { } band ? RelativeUncertainty.Symmetric(band)
                : options.KilogramsCO2e is null ? hardware?.Uncertainty
                : null,
            Source = options.KilogramsCO2e is null ? hardware?.Source : options.Source ?? "stated without a source",
            Devices = options.Devices ?? (hardware is null ? null : hardware.Kind == EmbodiedKind.Server ? "cpu" : "gpu"),
        };
    }
}
