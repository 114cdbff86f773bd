namespace GreenAI.Metering.Samples.QuickStart.Tests;

/// <summary>Time that moves when it is told to, and a device that draws 50 W of it.</summary>
internal sealed class SteadySource : TimeProvider, IPowerSource
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private TimeSpan _elapsed;

    public string Name => "steady";

    public IReadOnlyList<PowerDevice> Devices { get; } =
    [
        new PowerDevice
        {
            Id = "steady:0",
            Name = "a device of 50 W",
            Domain = EnergyDomain.CpuPackage,
            Tier = MeasurementTier.Measured,
            Uncertainty = RelativeUncertainty.Symmetric(0.02),
            SharedByCpuTime = false,
        },
    ];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => _elapsed += time;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => _start + _elapsed;

    public void Read(Span<PowerSample> samples) =>
        samples[0] = PowerSample.FromCounter(GetTimestamp(), (long)(_elapsed.TotalSeconds * 50e6));

    public void Dispose()
    {
    }
}
