namespace GreenAI.Metering.Tests;

/// <summary>Devices and readings for counter tests; timestamps in milliseconds of a 1 GHz clock.</summary>
internal static class Counters
{
    public const long Frequency = 1_000_000_000;
    public const long Millisecond = 1_000_000;
    public const long ServerRange = 262143328850;
    public const long ZenRange = 65532610987;

    public static PowerDevice Device(long range, double maxWatts = 2000, DeviceReading reading = DeviceReading.EnergyCounter) => new()
    {
        Id = "fake:0",
        Name = "fake",
        Domain = EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        Reading = reading,
        CounterRangeMicrojoules = range,
        MaxPower = Power.FromWatts(maxWatts),
    };

    public static CounterTracker Tracker(long range, double maxWatts = 2000) => new(Device(range, maxWatts), Frequency);

    public static CounterTracker PowerTracker(double maxWatts = 2000) =>
        new(Device(0, maxWatts, DeviceReading.Power), Frequency);

    public static CounterStep Count(this CounterTracker tracker, long milliseconds, long microjoules) =>
        tracker.Advance(PowerSample.FromCounter(milliseconds * Millisecond, microjoules));

    public static CounterStep Draw(this CounterTracker tracker, long milliseconds, int milliwatts) =>
        tracker.Advance(PowerSample.FromPower(milliseconds * Millisecond, milliwatts));

    public static CounterStep Fail(this CounterTracker tracker, long milliseconds, SampleFault fault = SampleFault.InputOutput) =>
        tracker.Advance(PowerSample.Failed(milliseconds * Millisecond, fault));

    public static void Is(this CounterStep step, CounterStepKind kind, long microjoules, bool closes, bool covered)
    {
        Assert.Equal((kind, microjoules, closes, covered), (step.Kind, step.Microjoules, step.Closes, step.Covered));
    }
}
