using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering.Grid.Tests.DependencyInjection;

public class RegistrationTests
{
    [Fact]
    public void Add_FromSections_BindsEveryKey()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Maps:ApiKey"] = Secrets.Key,
            ["Maps:Zone"] = "FR",
            ["Maps:Boundary"] = "Direct",
            ["Maps:Granularity"] = "FifteenMinutes",
            ["Maps:MaxAge"] = "00:30:00",
            ["Maps:Timeout"] = "00:00:10",
            ["Maps:BaseAddress"] = "https://maps.example",
            ["Uk:Postcode"] = "RG10",
            ["Watt:UserName"] = "u",
            ["Watt:Password"] = "p",
            ["Watt:Region"] = "CAISO_NORTH",
            ["Watt:Signal"] = "Average",
            ["Sdk:BaseAddress"] = "http://sdk",
            ["Sdk:Location"] = "eastus",
            ["Sdk:Signal"] = "Average",
            ["Sdk:Boundary"] = "Direct",
        }).Build();
        ServiceCollection services = new();
        services.AddGreenAIMetering()
            .AddElectricityMaps(configuration.GetSection("Maps"))
            .AddUkCarbonIntensity(configuration.GetSection("Uk"))
            .AddWattTime(configuration.GetSection("Watt"))
            .AddCarbonAwareSdk(configuration.GetSection("Sdk"));
        using ServiceProvider provider = services.BuildServiceProvider();

        ICarbonIntensityProvider[] all = [.. provider.GetServices<ICarbonIntensityProvider>()];

        Assert.Equal(["electricity-maps", "uk-carbon-intensity", "watttime", "carbon-aware-sdk"], all.Select(one => one.Name));
        Assert.All(all, one => Assert.Equal(new CarbonKind(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Direct), one.Kind));
        ElectricityMapsOptions maps = provider.GetRequiredService<IOptionsMonitor<ElectricityMapsOptions>>().Get(ElectricityMapsProvider.HttpClientName);
        Assert.Equal(
            ("FR", ElectricityMapsGranularity.FifteenMinutes, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10), "https://maps.example/"),
            (maps.Zone, maps.Granularity, maps.MaxAge, maps.Timeout, maps.BaseAddress!.AbsoluteUri));
        Assert.Same(all[0], provider.GetServices<ICarbonIntensityProvider>().First());
    }

    [Fact]
    public async Task Start_WrongOptions_FailsWithTheKeysOfTheirSection()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Grid:Maps:ApiKey"] = Secrets.Key, ["Grid:Maps:MaxAge"] = "00:00:01" }).Build();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddGreenAIMetering(options => options.Sources = []).AddElectricityMaps(configuration.GetSection("Grid:Maps"));
        using IHost host = builder.Build();

        OptionsValidationException thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, thrown.Failures.Count());
        Assert.All(thrown.Failures, failure => Assert.StartsWith("Grid:Maps:", failure, StringComparison.Ordinal));
        Assert.DoesNotContain(Secrets.Key, thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AddUkCarbonIntensity_Twice_TwoProvidersWithOptionsOfTheirOwn()
    {
        ServiceCollection services = new();
        services.AddGreenAIMetering().AddUkCarbonIntensity(options => options.Postcode = "RG10").AddUkCarbonIntensity();
        using ServiceProvider provider = services.BuildServiceProvider();
        IOptionsMonitor<UkCarbonIntensityOptions> options = provider.GetRequiredService<IOptionsMonitor<UkCarbonIntensityOptions>>();

        Assert.Equal(2, provider.GetServices<ICarbonIntensityProvider>().Count());
        Assert.Equal(
            ("RG10", null),
            (options.Get(UkCarbonIntensityProvider.HttpClientName).Postcode, options.Get(UkCarbonIntensityProvider.HttpClientName + "#2").Postcode));
    }

    [Fact]
    public void Add_BesideAProviderOfTheApplication_BothAreThereInOrder()
    {
        ServiceCollection services = new();
        services.AddKeyedSingleton("key", "a keyed service is nobody's marker");
        services.AddSingleton(ProviderCase.All["watttime"].Over(new StubHandler(_ => StubHandler.Response(500, ""))));
        services.AddGreenAIMetering().AddUkCarbonIntensity();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(["watttime", "uk-carbon-intensity"], provider.GetServices<ICarbonIntensityProvider>().Select(one => one.Name));
    }

    [Fact]
    public void Add_Null_Throws()
    {
        IGreenAIMeteringBuilder builder = new ServiceCollection().AddGreenAIMetering();

        Assert.Throws<ArgumentNullException>(() => builder.AddElectricityMaps((Action<ElectricityMapsOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.AddWattTime((IConfigurationSection)null!));
        Assert.Throws<ArgumentNullException>(() => ((IGreenAIMeteringBuilder)null!).AddCarbonAwareSdk(_ => { }));
    }
}
