namespace GreenAI.Metering.Fuzz;

/// <summary>A clock, counters and processor times that a recording moves.</summary>
internal sealed class RecordedMachine(int devices) : TimeProvider, IPowerSource, IProcessorTimes
{
    private long _now = 1_000_000_000;

    public bool Fails { get; set; }

    public string Name => "recorded";

    public override long TimestampFrequency => 1_000_000_000;

    public IReadOnlyList<PowerDevice> Devices { get; } = [.. Enumerable.Range(0, devices).Select(i => new PowerDevice
    {
        Id = $"fuzz:{i}",
        Name = "Fuzz",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        CounterRangeMicrojoules = i == 0 ? 3_000_000 : 0,
        UpdatePeriod = TimeSpan.FromMilliseconds(i == 2 ? 300 : 1),
        IdlePower = i == 1 ? Power.FromWatts(3) : null,
    })];

    public override long GetTimestamp() => _now;

    public void Advance(long nanoseconds) => _now += nanoseconds;

    public void Read(Span<PowerSample> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Fails ? PowerSample.Failed(_now, SampleFault.InputOutput) : PowerSample.FromCounter(_now, _now / 50_000 % 3_000_000);
        }
    }

    public bool TryRead(out ProcessorTimesReading reading)
    {
        reading = new ProcessorTimesReading(_now * 0.7e-9, _now * 0.9e-9, 2);
        return true;
    }

    public void Dispose()
    {
    }
}
