namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A counter that counts so many watts by the clock, all of them this process's own.</summary>
internal sealed class SteadySource(TimeProvider timeProvider, double watts = 20, MeasurementTier tier = MeasurementTier.Measured) : IPowerSource
{
    private readonly long _start = timeProvider.GetTimestamp();

    public string Name => "steady";

    public IReadOnlyList<PowerDevice> Devices { get; } =
    [
        new PowerDevice
        {
            Id = "steady:0",
            Name = "Steady board",
            Domain = EnergyDomain.CpuPackage,
            Tier = tier,
            IdlePower = Power.Zero,
            SharedByCpuTime = false,
            UpdatePeriod = TimeSpan.Zero,
        },
    ];

    public void Read(Span<PowerSample> samples)
    {
        long now = timeProvider.GetTimestamp();
        samples[0] = PowerSample.FromCounter(now, (long)(timeProvider.GetElapsedTime(_start, now).TotalSeconds * watts * 1e6), tier);
    }

    public void Dispose()
    {
    }
}
