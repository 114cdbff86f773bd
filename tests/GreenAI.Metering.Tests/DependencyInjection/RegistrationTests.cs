using System.Collections.ObjectModel;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void AddGreenAIMetering_EnergyMeterRegisteredFirst_Wins()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("first-wins"));
        using MeteringHost host = MeteringHost.Build(services => services.AddSingleton(rig.Meter).AddGreenAIMetering());
        Assert.Same(rig.Meter, host.Meter);
    }

    [Fact]
    public void AddGreenAIMetering_TimeProviderRegisteredFirst_IsTheMetersClock()
    {
        using MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering());
        host.Time.Advance(TimeSpan.FromHours(1));
        TimeSpan before = host.Meter.GetTotals().Elapsed;
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(1), host.Meter.GetTotals().Elapsed - before);
    }

    [Fact]
    public void AddGreenAIMetering_MeterFactoryRegisteredFirst_MakesTheMeter()
    {
        using ScopedMeters meters = new();
        using MeteringHost host = MeteringHost.Build(services => services.AddSingleton<IMeterFactory>(meters).AddGreenAIMetering());
        Assert.NotNull(host.Meter);
        Assert.Equal(InstrumentNames.Meter, Assert.Single(meters.Made).Name);
    }

    [Fact]
    public void AddGreenAIMetering_NoClockNoFactoryNoLogger_Works()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddGreenAIMetering(options => options.Sources = []).Services.BuildServiceProvider();
        EnergyMeter meter = services.GetRequiredService<EnergyMeter>();
        meter.Begin("m").Complete();
        Assert.Empty(meter.GetTotals().Devices);
    }

    [Fact]
    public void AddModel_ModelsOptionSetToNull_RegistersTheModel()
    {
        using MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering(options => options.Models = null!).AddModel("digits"));
        Assert.NotNull(host.Meter.GetTotals().Model("digits"));
    }

    [Fact]
    public void AddGreenAIMetering_Twice_OneMeterOneHostedServiceOneOfEach()
    {
        using MeteringHost host = MeteringHost.Build(services =>
        {
            for (int component = 0; component < 2; component++)
            {
                services.AddGreenAIMetering(options => options.Scope = EnergyScope.Machine)
                    .AddModel("digits").AddSource<LabSource>().AddObserver<CollectingObserver>();
            }
        });
        Assert.Single(host.Host.Services.GetServices<EnergyMeter>());
        Assert.Single(host.Host.Services.GetServices<IHostedService>(), service => service is MeteringHostedService);
        Assert.Single(host.Host.Services.GetServices<IPowerSource>());
        Assert.Single(host.Host.Services.GetServices<IInferenceObserver>());
        Assert.Single(host.Host.Services.GetServices<IValidateOptions<GreenAIMeteringOptions>>());
        Assert.Equal(["digits"], host.Host.Services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value.Models.Keys);
        Assert.Single(host.Meter.GetTotals().Models);
    }

    [Fact]
    public async Task AddGreenAIMetering_TwiceFromOneSection_StartsWithEachListedOnce()
    {
        using MeteringHost host = MeteringHost.Build(
            services =>
            {
                for (int component = 0; component < 2; component++)
                    services.AddGreenAIMetering(MeteringHost.Configuration(services).GetSection("GreenAI"));
            },
            [new("GreenAI:Sources:0", "load-model"), new("GreenAI:Models:digits:RelativeWeight", "2")]);
        await host.StartAsync();
        Assert.Single(host.Meter.Detection.Findings, finding => finding.Status == SourceStatus.Used);
        Assert.Equal(["digits"], host.Meter.GetTotals().Models.Select(model => model.Name));
        await host.StopAsync();
    }

    [Fact]
    public async Task H4_ThreeComponentsOfOneProcess_ShareOneSampler()
    {
        using MeteringHost host = MeteringHost.Build(services =>
        {
            services.AddGreenAIMetering().AddSource<LabSource>();
            services.AddGreenAIMetering();
            services.AddGreenAIMetering();
        });
        LabSource source = Source(host);
        EnergyMeter[] meters = [.. Enumerable.Range(0, 3).Select(_ => host.Host.Services.GetRequiredService<EnergyMeter>())];
        await host.StartAsync();
        int before = source.Reads;
        InferenceScope[] scopes = [.. meters.Select((meter, i) => meter.Begin($"component-{i}"))];
        source.Counter.Add(9_000_000);
        host.Time.Advance(TimeSpan.FromMilliseconds(100));
        foreach (InferenceScope scope in scopes) scope.Complete();

        Assert.Equal(before + 1, source.Reads);
        EnergyTotals totals = await meters[0].SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Energy.FromJoules(9), totals.Total);
        Assert.Equal([3.0, 3.0, 3.0], totals.Models.Select(model => model.Settled.Joules));
        await host.StopAsync();
    }

    [Fact]
    public void H4_TwoMetersOfOneDevice_LogAWarning()
    {
        PowerDevice device = FakePowerSource.Cpu("h4:shared");
        using MeterRig first = new(device);
        Assert.DoesNotContain(first.Logs.Lines, line => line.StartsWith("Warning: Another energy meter", StringComparison.Ordinal));
        using (MeterRig second = new(device))
        {
            const string warning =
                "Warning: Another energy meter of this process already meters h4:shared: both attribute the same energy. Share one meter.";
            Assert.Contains(warning, second.Logs.Lines);
        }

        first.Dispose();
        using MeterRig third = new(device);
        Assert.DoesNotContain(third.Logs.Lines, line => line.StartsWith("Warning: Another energy meter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddSource_CustomSource_IsMeteredAndDetectionSaysSo()
    {
        using MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering().AddSource<LabSource>());
        await host.StartAsync();
        SourceFinding finding = Assert.Single(host.Meter.Detection.Findings, finding => finding.Status == SourceStatus.Used);
        Assert.Equal(("lab", "Added by the application."), (finding.Source, finding.Reason));
        Assert.Equal("lab:meter", Assert.Single(finding.Devices).Id);

        InferenceScope scope = host.Meter.Begin("m");
        Source(host).Counter.Add(2_500_000);
        host.Time.Advance(TimeSpan.FromMilliseconds(100));
        scope.Complete();
        EnergyTotals totals = await host.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2_500_000, totals.Settled.Microjoules);
        Books.AssertBalanced(totals);
        await host.StopAsync();
    }

    [Fact]
    public async Task AddSource_MadeByTheContainer_IsDisposedOnceAndAfterTheMeter()
    {
        LabSource byType, byFactory;
        using (MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering()
            .AddSource<LabSource>()
            .AddSource(provider => new LabSource(provider.GetRequiredService<TimeProvider>()))))
        {
            LabSource[] sources = [.. host.Host.Services.GetServices<IPowerSource>().Cast<LabSource>()];
            (byType, byFactory) = (sources[0], sources[1]);
            await host.StartAsync();
            await host.StopAsync();
            Assert.Equal((0, 0), (byType.Disposals, byFactory.Disposals));
        }

        Assert.Equal((1, 1), (byType.Disposals, byFactory.Disposals));
    }

    [Fact]
    public void AddSource_InstanceOfTheApplication_IsNotDisposedForIt()
    {
        LabSource source = new(TimeProvider.System);
        using (MeteringHost host = MeteringHost.Build(services =>
        {
            services.AddSingleton<IPowerSource>(source);
            services.AddGreenAIMetering();
        }))
        {
            Assert.Equal("lab:meter", Assert.Single(host.Meter.GetTotals().Devices).Device.Id);
        }

        Assert.Equal(0, source.Disposals);
    }

    [Fact]
    public void AddModel_Registers_AlsoBesideModelsThatCannotGrow()
    {
        using MeteringHost host = MeteringHost.Build(services => services
            .AddGreenAIMetering(options => options.Models = new ReadOnlyDictionary<string, ModelOptions>(new Dictionary<string, ModelOptions> { ["from-options"] = new() }))
            .AddModel("one").AddModel("two").AddModel("one"));
        Assert.Equal(["from-options", "one", "two"], host.Meter.GetTotals().Models.Select(model => model.Name));
        Assert.Equal("one", host.Meter.Model("one").Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void AddModel_NoName_ThrowsAtOnce(string name) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddGreenAIMetering().AddModel(name));

    [Fact]
    public void AddGreenAIMetering_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddGreenAIMetering());
        Assert.Throws<ArgumentNullException>("configure", () => new ServiceCollection().AddGreenAIMetering((Action<GreenAIMeteringOptions>)null!));
        Assert.Throws<ArgumentNullException>("factory", () => new ServiceCollection().AddGreenAIMetering().AddSource(null!));
    }

    [Fact]
    public void SourcesOption_Restricts_AndDetectionSaysSo()
    {
        using MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering(options => options.Sources = ["load-model"]));
        Assert.Equal(
            ["load-model Used", "rapl Disabled", "perf Disabled", "nvml Disabled", "hwmon Disabled"],
            host.Meter.Detection.Findings.Select(finding => $"{finding.Source} {finding.Status}"));
        Assert.All(
            host.Meter.Detection.Findings.Where(finding => finding.Status == SourceStatus.Disabled),
            finding => Assert.Equal("Not among the option Sources.", finding.Reason));
        Assert.Equal("load-model:cpu", Assert.Single(host.Meter.Detection.Devices).Id);
    }

    [Fact]
    public void H1_NothingReadable_StartsAndMetersNothing_AndLogsTheReport()
    {
        using TempFolder empty = new();
        using MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering(options =>
        {
            options.SysfsRoot = empty.Path;
            options.ProcRoot = empty.Path;
            options.Sources = ["rapl", "hwmon"];
        }));
        EnergyMeter meter = host.Meter;
        InferenceFootprint footprint = meter.Begin("m").Complete();
        Assert.Equal((null, UnavailableReason.NoDevice), (footprint.Marginal, footprint.Reason));
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Warning: Nothing can be metered on this host: ", StringComparison.Ordinal));
    }

    private static LabSource Source(MeteringHost host) => (LabSource)host.Host.Services.GetServices<IPowerSource>().Single();
}
