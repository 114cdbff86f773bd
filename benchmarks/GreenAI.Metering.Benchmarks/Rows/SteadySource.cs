namespace GreenAI.Metering.Benchmarks;

/// <summary>Devices that draw 50 W each, read at no cost: what remains is our own.</summary>
internal sealed class SteadySource(TimeProvider timeProvider, int devices) : IPowerSource
{
    private readonly long _origin = timeProvider.GetTimestamp();

    public string Name => "steady";

    public IReadOnlyList<PowerDevice> Devices { get; } = [.. Enumerable.Range(0, devices).Select(i => new PowerDevice
    {
        Id = $"steady:{i}",
        Name = "Steady 50 W",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        IdlePower = Power.FromWatts(5),
    })];

    public void Read(Span<PowerSample> samples)
    {
        long now = timeProvider.GetTimestamp();
        long microjoules = (long)(timeProvider.GetElapsedTime(_origin, now).TotalMicroseconds * 50);
        samples.Fill(PowerSample.FromCounter(now, microjoules));
    }

    public void Dispose()
    {
    }
}
