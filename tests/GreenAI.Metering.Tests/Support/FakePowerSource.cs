namespace GreenAI.Metering.Tests;

/// <summary>A source whose counters and faults a test sets.</summary>
internal sealed class FakePowerSource(TimeProvider timeProvider, params PowerDevice[] devices) : IPowerSource
{
    private readonly FakeCounter[] _counters = [.. devices.Select(device => new FakeCounter(device))];

    public string Name => "fake";

    public IReadOnlyList<PowerDevice> Devices => devices;

    public FakeCounter this[int device] => _counters[device];

    public Exception? Throws { get; set; }

    public bool IsDisposed { get; private set; }

    public int Reads { get; private set; }

    public static PowerDevice Cpu(string id = "fake:cpu", long range = 0, Power? idle = null, bool shared = true, double updateMs = 1) => new()
    {
        Id = id,
        Name = "Fake package",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        CounterRangeMicrojoules = range,
        IdlePower = idle,
        SharedByCpuTime = shared,
        UpdatePeriod = TimeSpan.FromMilliseconds(updateMs),
    };

    public void Read(Span<PowerSample> samples)
    {
        Reads++;
        if (Throws is { } exception) throw exception;
        long now = timeProvider.GetTimestamp();
        for (int i = 0; i < samples.Length; i++) samples[i] = _counters[i].Sample(now);
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>Adds energy to every counter at a power for a time.</summary>
    public void Burn(double watts, TimeSpan time)
    {
        foreach (FakeCounter counter in _counters) counter.Add((long)Math.Round(watts * time.TotalSeconds * 1e6));
    }
}
