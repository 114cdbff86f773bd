namespace GreenAI.Metering.Benchmarks;

/// <summary>A meter over a fake tree of four zones (two sockets with memory), processor times and all, ticked by hand.</summary>
internal sealed class SamplerTick : IDisposable
{
    private readonly ZoneTree _zones = new(sockets: 2);
    private readonly SteppedTime _time = new();
    private readonly EnergyMeter _meter;

    public SamplerTick() => _meter = new EnergyMeter(
        new GreenAIMeteringOptions { SysfsRoot = _zones.Root, Sources = ["rapl"] }, new MeterEnvironment { TimeProvider = _time });

    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Lets the counters and the clock move.</summary>
    public void Before()
    {
        _zones.Add(1_000_000);
        _time.Step(Interval);
    }

    public void Tick() => _meter.Engine.Tick();

    public void Dispose()
    {
        _meter.Dispose();
        _zones.Dispose();
    }
}
