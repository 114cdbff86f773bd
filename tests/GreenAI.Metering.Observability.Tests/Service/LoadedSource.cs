namespace GreenAI.Metering.Observability.Tests;

/// <summary>A processor of 10 W at rest, and more the more inferences are in flight, so that models can be told apart.</summary>
internal sealed class LoadedSource(TimeProvider time, LoadGauge load) : IPowerSource
{
    private long _last = time.GetTimestamp();
    private double _microjoules;

    public string Name => "loaded";

    public IReadOnlyList<PowerDevice> Devices { get; } =
    [
        new PowerDevice
        {
            Id = "loaded:0",
            Name = "a processor of the tests",
            Domain = EnergyDomain.CpuPackage,
            Tier = MeasurementTier.Measured,
        },
    ];

    public void Read(Span<PowerSample> samples)
    {
        long now = time.GetTimestamp();
        double watts = 10 + load.Watts;
        _microjoules += watts * 1e6 * time.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
        samples[0] = PowerSample.FromCounter(now, (long)_microjoules) with { Utilization = (float)(load.Watts / 100) };
    }

    public void Dispose()
    {
    }
}
