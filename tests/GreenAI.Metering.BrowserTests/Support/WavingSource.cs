namespace GreenAI.Metering.BrowserTests.Support;

/// <summary>A processor and an accelerator whose watts rise and fall by the clock, as counters.</summary>
internal sealed class WavingSource(TimeProvider timeProvider) : IPowerSource
{
    private const double ProcessorIdle = 9, AcceleratorIdle = 22;

    private readonly long _start = timeProvider.GetTimestamp();

    public string Name => "waving";

    public IReadOnlyList<PowerDevice> Devices { get; } =
    [
        Of("waving:cpu", "Processor package 0", EnergyDomain.CpuPackage, ProcessorIdle),
        Of("waving:gpu", "Accelerator 0", EnergyDomain.Gpu, AcceleratorIdle),
    ];

    public void Read(Span<PowerSample> samples)
    {
        long now = timeProvider.GetTimestamp();
        double seconds = timeProvider.GetElapsedTime(_start, now).TotalSeconds;
        samples[0] = PowerSample.FromCounter(now, Microjoules(seconds, 34, 12, 17));
        samples[1] = PowerSample.FromCounter(now, Microjoules(seconds, 95, 45, 29)) with { Utilization = (float)(0.6 + (0.3 * Math.Sin(seconds * 2 * Math.PI / 29))) };
    }

    public void Dispose()
    {
    }

    // The integral of mean + swing × sin: it never falls while the swing is below the mean.
    private static long Microjoules(double seconds, double mean, double swing, double period)
    {
        double angular = 2 * Math.PI / period;
        return (long)(((mean * seconds) + (swing / angular * (1 - Math.Cos(angular * seconds)))) * 1e6);
    }

    private static PowerDevice Of(string id, string name, EnergyDomain domain, double idle) => new()
    {
        Id = id,
        Name = name,
        Domain = domain,
        Tier = MeasurementTier.Measured,
        IdlePower = Power.FromWatts(idle),
        SharedByCpuTime = false,
        Uncertainty = RelativeUncertainty.Symmetric(0.05),
    };
}
