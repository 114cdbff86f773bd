namespace GreenAI.Metering.Tests.Carbon;

/// <summary>Options, devices and providers of the tests of the carbon books.</summary>
internal static class CarbonRigs
{
    public static PowerDevice Gpu(string id, double updateMs = 0, Power? idle = null) => new()
    {
        Id = id,
        Name = "Fake board",
        Domain = EnergyDomain.Gpu,
        Tier = MeasurementTier.Measured,
        IdlePower = idle ?? Power.Zero,
        UpdatePeriod = TimeSpan.FromMilliseconds(updateMs),
    };

    /// <summary>A device all of whose energy is ours and, unless it idles, dynamic; its counter is up to date whenever it is read.</summary>
    public static PowerDevice Plain(string id = "fake:plain", double idleWatts = 0) =>
        FakePowerSource.Cpu(id, idle: Power.FromWatts(idleWatts), shared: false, updateMs: 0);

    public static GreenAIMeteringOptions Constant(double grams = 400, double pue = 1) => new()
    {
        Carbon = new CarbonOptions { GramsPerKilowattHour = grams, Source = "test", Pue = pue },
    };

    /// <summary>Live factors only: nothing to fall back to.</summary>
    public static GreenAIMeteringOptions LiveOnly(double pue = 1) => new() { Carbon = new CarbonOptions { Pue = pue } };

    public static GreenAIMeteringOptions Hardware(params (string Name, EmbodiedOptions Item)[] items) => new()
    {
        Carbon = new CarbonOptions { Embodied = items.ToDictionary(item => item.Name, item => item.Item) },
    };

    public static CarbonFactor Factor(double grams, DateTimeOffset from, DateTimeOffset to, string source = "live") => new()
    {
        Intensity = CarbonIntensity.FromGramsPerKilowattHour(grams),
        Kind = ScriptedCarbonProvider.DefaultKind,
        Source = source,
        ValidFrom = from,
        ValidTo = to,
    };

    /// <summary>A provider whose answer a test sets.</summary>
    public static ScriptedCarbonProvider Provider(Func<CarbonIntensityAnswer> answer) => new("live", _ => answer());

    public static CarbonIntensityAnswer Down { get; } = CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, "The grid's server is down.");
}
