using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering.Tests;

/// <summary>The text of each option error: the key, the bad value, what is allowed.</summary>
public sealed class OptionErrorTests
{
    private static readonly string _long = new('x', 257);

    public static TheoryData<string, string, string> Settings => new()
    {
        { "SamplingInterval", "00:00:00.009", "SamplingInterval is 00:00:00.0090000; it must be from 00:00:00.0100000 to 00:00:10 (default 00:00:00.1000000)." },
        { "SamplingInterval", "00:00:10.001", "SamplingInterval is 00:00:10.0010000; it must be from 00:00:00.0100000 to 00:00:10 (default 00:00:00.1000000)." },
        { "SamplingInterval", "-00:00:01", "SamplingInterval is -00:00:01; it must be from 00:00:00.0100000 to 00:00:10 (default 00:00:00.1000000)." },
        { "Scope", "7", "Scope is 7; it must be one of Process, Container, Machine." },
        { "SysfsRoot", " ", "SysfsRoot is empty; it must be a folder (default /sys)." },
        { "ProcRoot", "", "ProcRoot is empty; it must be a folder (default /proc)." },
        { "Sources:0", "RAPL", "Sources has 'RAPL'; known sources are rapl, perf, emi, nvml, hwmon, load-model." },
        { "GpuUuids:0", " ", "GpuUuids has an empty entry; each must be a UUID such as GPU-8f6a2f0e." },
        { "Models: :RelativeWeight", "1", "Models has ' '; a model name has from 1 to 256 characters and is not (overflow)." },
        { $"Models:{_long}:RelativeWeight", "1", $"Models has '{_long}'; a model name has from 1 to 256 characters and is not (overflow)." },
        { "Models:m:RelativeWeight", "0", "Models:m:RelativeWeight is 0; it must be above 0 and at most 1000000 (default 1)." },
        { "Models:m:RelativeWeight", "NaN", "Models:m:RelativeWeight is NaN; it must be above 0 and at most 1000000 (default 1)." },
        { "Models:m:Devices:0", " ", "Models:m:Devices has an empty entry; each must be cpu, gpu, accelerator, or the beginning of a device's identifier." },
        { "MaxModels", "0", "MaxModels is 0; it must be from 1 to 4096 (default 256)." },
        { "MaxModels", "4097", "MaxModels is 4097; it must be from 1 to 4096 (default 256)." },
        { "MaxScopes", "4095", "MaxScopes is 4095; it must be from 4096 to 1048576 (default 65536)." },
        { "MaxScopes", "1048577", "MaxScopes is 1048577; it must be from 4096 to 1048576 (default 65536)." },
        { "RingCapacity", "63", "RingCapacity is 63; it must be from 64 to 1048576 (default 4096)." },
        { "RingCapacity", "1048577", "RingCapacity is 1048577; it must be from 64 to 1048576 (default 4096)." },
        { "ObserverQueueCapacity", "15", "ObserverQueueCapacity is 15; it must be from 16 to 1048576 (default 8192)." },
        { "ObserverQueueCapacity", "1048577", "ObserverQueueCapacity is 1048577; it must be from 16 to 1048576 (default 8192)." },
        { "Carbon:Zone", "UK", "Carbon:Zone is 'UK'; it must be the ISO 3166-1 code of one of 203 countries, with two letters (DE) or three (DEU); nearest are GB (United Kingdom), UA (Ukraine), DK (Denmark)." },
        { "Carbon:CloudRegion", "eu-central-1", "Carbon:CloudRegion is 'eu-central-1'; it must be provider:region, with the provider aws, azure or google and its own name of the region, as in aws:eu-central-1; nearest are aws:eu-central-1 (Frankfurt), aws:eu-central-2 (Zurich), aws:ca-central-1 (Montreal)." },
        { "Carbon:GramsPerKilowattHour", "300", "Carbon:GramsPerKilowattHour has no GreenAI:Carbon:Source; say whose figure it is, for reports." },
        { "Carbon:Pue", "0.9", "Carbon:Pue is 0.9; it must be from 1 to 10: facility energy per energy of its machines (1 for a machine outside a data centre)." },
        { "Carbon:Pue", "NaN", "Carbon:Pue is NaN; it must be from 1 to 10: facility energy per energy of its machines (1 for a machine outside a data centre)." },
        { "Carbon:WueLitresPerKilowattHour", "-1", "Carbon:WueLitresPerKilowattHour is -1; it must be from 0 to 100 litres per kilowatt-hour." },
        { "Carbon:Method", "7", "Carbon:Method is 7; it must be one of LocationBased, MarketBased, Consequential." },
        { "Carbon:Boundary", "7", "Carbon:Boundary is 7; it must be one of Lifecycle, Direct." },
        { "Carbon:RefreshInterval", "00:00:59", "Carbon:RefreshInterval is 00:00:59; it must be from 00:01:00 to 1.00:00:00 (default 00:05:00)." },
        { "Carbon:HoldFor", "-00:00:01", "Carbon:HoldFor is -00:00:01; it must be from 00:00:00 to 1.00:00:00 (default 00:15:00)." },
        { "Carbon:Embodied:s:LifespanYears", "4", "Carbon:Embodied:s says neither Hardware (an entry of the catalogue) nor KilogramsCO2e." },
        { "Carbon:Embodied:s:KilogramsCO2e", "0", "Carbon:Embodied:s:KilogramsCO2e is 0; it must be above 0 and at most 1000000." },
        { "Carbon:Embodied:s:KilogramsCO2e", "1000000.1", "Carbon:Embodied:s:KilogramsCO2e is 1000000.1; it must be above 0 and at most 1000000." },
        { "Carbon:Embodied:s:Hardware", "h100", $"Carbon:Embodied:s:Hardware is 'h100'; it must be one of {string.Join(", ", EmbodiedCatalogue.All.Select(figure => figure.Id))}; nearest are nvidia-h100-sxm, nvidia-a100-sxm, nvidia-b200-sxm." },
        { "TraceFile", " ", "TraceFile is empty; it must be the path of a file that does not exist yet, or null." },
        { "TraceFile", "/no-such-folder/trace", "TraceFile is '/no-such-folder/trace'; its folder /no-such-folder does not exist." },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task HostStart_BadValueInASection_ErrorNamesKeyValueAndRange(string key, string value, string error)
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", (key, value));
        Assert.Equal([$"GreenAI:{error}"], refused.Failures);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void EnergyMeter_BadValueInOptions_ErrorIsTheSame(string key, string value, string error)
    {
        GreenAIMeteringOptions options = new();
        new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build().Bind(options);
        ArgumentException refused = Assert.Throws<ArgumentException>("options", () => new EnergyMeter(options));
        Assert.Equal($"GreenAI:{error} (Parameter 'options')", refused.Message);
    }

    [Fact]
    public async Task HostStart_BadValueFromADelegate_Refused()
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, _) => services.AddGreenAIMetering(options => options.MaxModels = -1), "GreenAI");
        Assert.Equal(["GreenAI:MaxModels is -1; it must be from 1 to 4096 (default 256)."], refused.Failures);
    }

    [Fact]
    public async Task HostStart_SectionOfAnotherName_ErrorNamesTheKeyAsItIs()
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "Service:Energy", ("RingCapacity", "1"));
        Assert.Equal(["Service:Energy:RingCapacity is 1; it must be from 64 to 1048576 (default 4096)."], refused.Failures);
    }

    [Fact]
    public async Task HostStart_SeveralBadValues_AllAreNamed()
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", ("RingCapacity", "1"), ("MaxModels", "0"));
        Assert.Equal(2, refused.Failures.Count());
    }

    [Theory]
    [InlineData("SamplingInterval", "soon")]
    [InlineData("Scope", "Planet")]
    [InlineData("MaxModels", "many")]
    public async Task HostStart_ValueOfAnotherKind_ErrorNamesKeyAndValue(string key, string value)
    {
        InvalidOperationException refused = await MeteringHost.RefusedAsync<InvalidOperationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", (key, value));
        Assert.Contains($"'{value}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"GreenAI:{key}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sources", "rapl")]
    [InlineData("GpuUuids", "GPU-1")]
    public async Task HostStart_OneTextWhereAListBelongs_IsNotIgnored(string key, string value)
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", (key, value));
        Assert.Equal([$"GreenAI:{key} is '{value}'; it must be a list: write GreenAI:{key}:0 (GreenAI__{key}__0 in the environment)."], refused.Failures);
    }

    [Theory]
    [InlineData("Models", "digits", "GreenAI:Models is 'digits'; it must hold a section per model: write GreenAI:Models:digits:RelativeWeight = 1.")]
    [InlineData("Models:0", "digits", "GreenAI:Models:0 is 'digits'; GreenAI:Models must hold a section per model, as in \"Models\": { \"digits\": { } }.")]
    [InlineData("Models:llama3:8b:RelativeWeight", "2", "GreenAI:Models:llama3:8b is not known; a model has Devices, RelativeWeight, Workload. If the model is called 'llama3:8b', register it in code by AddModel: ':' separates configuration keys.")]
    public async Task HostStart_ModelsInAShapeTheBinderPassesOver_IsNotIgnored(string key, string value, string message)
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", (key, value));
        Assert.Equal([message], refused.Failures);
    }

    [Theory]
    [InlineData("Carbon", "DE", "GreenAI:Carbon is 'DE'; it must hold a section: write GreenAI:Carbon:Zone = DE and GreenAI:Carbon:Pue.")]
    [InlineData("Carbon:PUE2", "1.2", "GreenAI:Carbon:PUE2 is not known; GreenAI:Carbon has Zone, CloudRegion, GramsPerKilowattHour, Source, Pue, WueLitresPerKilowattHour, Method, Boundary, RefreshInterval, HoldFor, Embodied.")]
    [InlineData("Carbon:Zone:Name", "DE", "GreenAI:Carbon:Zone holds a section; it must be one value.")]
    [InlineData("Carbon:Embodied", "nvidia-h100-sxm", "GreenAI:Carbon:Embodied is 'nvidia-h100-sxm'; it must hold a section per piece of hardware: write GreenAI:Carbon:Embodied:server:Hardware = nvidia-h100-sxm.")]
    public async Task HostStart_CarbonInAShapeTheBinderPassesOver_IsNotIgnored(string key, string value, string message)
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", (key, value));
        Assert.Equal([message], refused.Failures);
    }

    [Theory]
    [InlineData("Kpis", "CPI", "GreenAI:Kpis is 'CPI'; it must hold a section: write GreenAI:Kpis:Windows:0 = 00:05:00 or GreenAI:Kpis:Targets:CPI = 0.5.")]
    [InlineData("Kpis:Windwos:0", "00:10:00", "GreenAI:Kpis:Windwos is not known; GreenAI:Kpis has Windows, Targets, NoTarget.")]
    [InlineData("Kpis:Target:CPI", "0.5", "GreenAI:Kpis:Target is not known; GreenAI:Kpis has Windows, Targets, NoTarget.")]
    [InlineData("Kpis:CPI", "0.5", "GreenAI:Kpis:CPI is not known; GreenAI:Kpis has Windows, Targets, NoTarget.")]
    [InlineData("Kpis:Windows", "00:10:00", "GreenAI:Kpis:Windows is '00:10:00'; it must be a list: write GreenAI:Kpis:Windows:0 = 00:10:00.")]
    [InlineData("Kpis:Targets:CPX", "0.5", "GreenAI:Kpis:Targets has 'CPX'; known indicators are CarbonPerInference (CPI), ")]
    [InlineData("Kpis:Targets:CPI:Bound", "0.5", "GreenAI:Kpis:Targets:CPI is empty; it must be a number. ")]
    [InlineData("Kpis:NoTarget:0", "CPX", "GreenAI:Kpis:NoTarget has 'CPX'; known indicators are CarbonPerInference (CPI), ")]
    public async Task HostStart_KpisInAShapeTheBinderPassesOver_IsNotIgnored(string key, string value, string message)
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", (key, value));
        Assert.StartsWith(message, Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostStart_HardwareInAShapeTheBinderPassesOver_IsNotIgnored()
    {
        OptionsValidationException text = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section), "GreenAI", ("Carbon:Embodied:board", "nvidia-h100-sxm"));
        Assert.Contains(
            "GreenAI:Carbon:Embodied:board is 'nvidia-h100-sxm'; it must hold a section: write GreenAI:Carbon:Embodied:board:Hardware = nvidia-h100-sxm, or KilogramsCO2e and LifespanYears.",
            text.Failures);
        OptionsValidationException key = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section),
            "GreenAI",
            ("Carbon:Embodied:board:KilogramsCO2e", "150"),
            ("Carbon:Embodied:board:Years", "4"));
        Assert.Equal(
            ["GreenAI:Carbon:Embodied:board:Years is not known; GreenAI:Carbon:Embodied:board has Hardware, KilogramsCO2e, Source, Uncertainty, LifespanYears, Count, Share, Devices."],
            key.Failures);
    }

    [Theory]
    [InlineData("Count", "0", "GreenAI:Carbon:Embodied:s:Count is 0; it must be from 1 to 100000 (default 1).")]
    [InlineData("Count", "100000", "GreenAI:Carbon:Embodied:s is 100000000 kg in all; it must be at most 10000000: is KilogramsCO2e in grams?")]
    [InlineData("Share", "12.5", "GreenAI:Carbon:Embodied:s:Share is 12.5; it must be above 0 and at most 1 (default 1): was it given in percent?")]
    [InlineData("LifespanYears", "0.09", "GreenAI:Carbon:Embodied:s:LifespanYears is 0.09; it must be from 0.1 to 50.")]
    [InlineData("LifespanYears", "50.1", "GreenAI:Carbon:Embodied:s:LifespanYears is 50.1; it must be from 0.1 to 50.")]
    [InlineData("Uncertainty", "-0.1", "GreenAI:Carbon:Embodied:s:Uncertainty is -0.1; it must be from 0 to 10: a fraction of the kilograms.")]
    [InlineData("Devices", " ", "GreenAI:Carbon:Embodied:s:Devices is empty; it must be cpu, gpu, accelerator, or the beginning of a device's identifier.")]
    public async Task HostStart_BadHardware_ErrorNamesKeyValueAndRange(string key, string value, string error)
    {
        OptionsValidationException refused = await MeteringHost.RefusedAsync<OptionsValidationException>(
            (services, section) => services.AddGreenAIMetering(section),
            "GreenAI",
            ("Carbon:Embodied:s:KilogramsCO2e", "1000"),
            ($"Carbon:Embodied:s:{key}", value));
        Assert.Equal([error], refused.Failures);
    }

    [Fact]
    public void TwoPlaces_OrAPlaceOfAnotherKind_AreRefused()
    {
        Assert.Equal(
            ["GreenAI:Carbon has Zone and CloudRegion; one of them says the place, which cannot be two."],
            GreenAIMeteringOptionsRules.Check(new() { Carbon = new() { Zone = "DE", CloudRegion = "aws:eu-central-1" } }, "GreenAI"));
        Assert.StartsWith(
            "GreenAI:Carbon:Zone gives yearly averages. A consequential account cannot take a factor that is 'average, location, lifecycle': ",
            Assert.Single(GreenAIMeteringOptionsRules.Check(new() { Carbon = new() { Zone = "DE", Method = CarbonMethod.Consequential } }, "GreenAI")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void EmptySectionOfAModel_RegistersIt()
    {
        using MemoryStream json = new("""{ "GreenAI": { "Models": { "plain": { }, "nothing": null } } }"""u8.ToArray());
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(json).Build();
        using ServiceProvider services = new ServiceCollection()
            .AddGreenAIMetering(configuration.GetSection("GreenAI")).Services.BuildServiceProvider();
        Assert.Equal(["nothing", "plain"], services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value.Models.Keys.Order());
    }

    [Fact]
    public void EnvironmentStyleKeys_Bind()
    {
        // Unique to this test, so that no other test and no setting of this machine can meet it.
        const string prefix = "GREENAI_METERING_BINDING_TEST_";
        (string Key, string Value)[] variables =
        [
            ("GreenAI__SamplingInterval", "00:00:00.250"), ("GreenAI__Scope", "Machine"), ("GreenAI__SysfsRoot", "/host/sys"),
            ("GreenAI__ProcRoot", "/host/proc"), ("GreenAI__Sources__0", "hwmon"), ("GreenAI__Sources__1", "rapl"),
            ("GreenAI__GpuUuids__0", "GPU-1"), ("GreenAI__Models__digits__Devices__0", "gpu"), ("GreenAI__Models__digits__RelativeWeight", "2.5"), ("GreenAI__MaxModels", "7"),
            ("GreenAI__MaxScopes", "8192"), ("GreenAI__RingCapacity", "128"), ("GreenAI__ObserverQueueCapacity", "99"),
            ("GreenAI__TraceFile", "/tmp/{time}.trace"), ("GreenAI__Carbon__Zone", "SE"), ("GreenAI__Carbon__Embodied__server__KilogramsCO2e", "1000"),
            ("GreenAI__Kpis__Windows__0", "00:10:00"), ("GreenAI__Kpis__Targets__CPI", "0.5"), ("GreenAI__Models__digits__Workload", "Generative"),
            ("GreenAI__Budgets__MaxTenants", "12"), ("GreenAI__Budgets__FlushInterval", "00:00:02"),
        ];
        foreach ((string key, string value) in variables) Environment.SetEnvironmentVariable(prefix + key, value);
        IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build();
        foreach ((string key, _) in variables) Environment.SetEnvironmentVariable(prefix + key, null);

        using ServiceProvider services = new ServiceCollection()
            .AddGreenAIMetering(configuration.GetSection("GreenAI")).Services.BuildServiceProvider();
        GreenAIMeteringOptions options = services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value;
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.SamplingInterval);
        Assert.Equal(EnergyScope.Machine, options.Scope);
        Assert.Equal(("/host/sys", "/host/proc"), (options.SysfsRoot, options.ProcRoot));
        Assert.Equal(["hwmon", "rapl"], options.Sources);
        Assert.Equal(["GPU-1"], options.GpuUuids);
        Assert.Equal("digits", Assert.Single(options.Models).Key);
        Assert.Equal((2.5, "gpu"), (options.Models["digits"].RelativeWeight, Assert.Single(options.Models["digits"].Devices!)));
        Assert.Equal((7, 8192, 128, 99), (options.MaxModels, options.MaxScopes, options.RingCapacity, options.ObserverQueueCapacity));
        Assert.Equal("/tmp/{time}.trace", options.TraceFile);
        Assert.Equal(("SE", 1000.0), (options.Carbon.Zone, options.Carbon.Embodied["server"].KilogramsCO2e));
        Assert.Equal((TimeSpan.FromMinutes(10), 0.5), (Assert.Single(options.Kpis.Windows!), options.Kpis.Targets["CPI"]));
        Assert.Equal(WorkloadKind.Generative, options.Models["digits"].Workload);
        Assert.Equal((12, TimeSpan.FromSeconds(2)), (options.Budgets.MaxTenants, options.Budgets.FlushInterval));
        Assert.Equal(variables.Length - 6, typeof(GreenAIMeteringOptions).GetProperties().Length);
    }
}
