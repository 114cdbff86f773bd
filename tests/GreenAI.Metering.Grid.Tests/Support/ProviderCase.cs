using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.Grid.Tests;

/// <summary>One kind of provider as the tests register it, with a good answer of its source.</summary>
internal sealed record ProviderCase(
    string Body,
    string HttpClientName,
    Action<IGreenAIMeteringBuilder, Uri> Register,
    Func<HttpClient, TimeProvider, ICarbonIntensityProvider> Create)
{
    private static readonly Uri _address = new("http://localhost:9");

    public static IReadOnlyDictionary<string, ProviderCase> All { get; } = new Dictionary<string, ProviderCase>
    {
        ["electricity-maps"] = Case<ElectricityMapsOptions>(
            Bodies.ElectricityMaps,
            ElectricityMapsProvider.HttpClientName,
            address => options => Set(options, address),
            (builder, configure) => builder.AddElectricityMaps(configure),
            (client, options, clock) => new ElectricityMapsProvider(client, options, clock)),
        ["uk-carbon-intensity"] = Case<UkCarbonIntensityOptions>(
            Bodies.Uk,
            UkCarbonIntensityProvider.HttpClientName,
            address => options => options.BaseAddress = address,
            (builder, configure) => builder.AddUkCarbonIntensity(configure),
            (client, options, clock) => new UkCarbonIntensityProvider(client, options, clock)),
        ["uk-carbon-intensity (region)"] = Case<UkCarbonIntensityOptions>(
            Bodies.UkRegion,
            UkCarbonIntensityProvider.HttpClientName,
            address => options => (options.BaseAddress, options.Postcode) = (address, "RG10"),
            (builder, configure) => builder.AddUkCarbonIntensity(configure),
            (client, options, clock) => new UkCarbonIntensityProvider(client, options, clock)),
        ["watttime"] = Case<WattTimeOptions>(
            Bodies.WattTime,
            WattTimeProvider.HttpClientName,
            address => options => Set(options, address),
            (builder, configure) => builder.AddWattTime(configure),
            (client, options, clock) => new WattTimeProvider(client, options, clock)),
        ["carbon-aware-sdk"] = Case<CarbonAwareSdkOptions>(
            Bodies.CarbonAwareSdk,
            CarbonAwareSdkProvider.HttpClientName,
            address => options => (options.BaseAddress, options.Location, options.Signal, options.Boundary)
                = (address, "westus", CarbonSignal.Marginal, CarbonBoundary.Direct),
            (builder, configure) => builder.AddCarbonAwareSdk(configure),
            (client, options, clock) => new CarbonAwareSdkProvider(client, options, clock)),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static void Set(ElectricityMapsOptions options, Uri address) => (options.BaseAddress, options.Zone, options.ApiKey) = (address, "DE", Secrets.Key);

    public static void Set(WattTimeOptions options, Uri address) =>
        (options.BaseAddress, options.Region, options.UserName, options.Password, options.Signal)
            = (address, "CAISO_NORTH", Secrets.UserName, Secrets.Password, CarbonSignal.Marginal);

    /// <summary>A provider over a handler instead of a network.</summary>
    public ICarbonIntensityProvider Over(HttpMessageHandler handler, TimeProvider? clock = null) =>
        Create(new HttpClient(handler), clock ?? new FixedClock(Bodies.Now));

    private static ProviderCase Case<TOptions>(
        string body,
        string name,
        Func<Uri, Action<TOptions>> configure,
        Action<IGreenAIMeteringBuilder, Action<TOptions>> add,
        Func<HttpClient, TOptions, TimeProvider, ICarbonIntensityProvider> create)
        where TOptions : new() => new(
            body,
            name,
            (builder, address) => add(builder, configure(address)),
            (client, clock) =>
            {
                TOptions options = new();
                configure(_address)(options);
                return create(client, options, clock);
            });
}
