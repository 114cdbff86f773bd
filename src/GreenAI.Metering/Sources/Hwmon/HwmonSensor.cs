namespace GreenAI.Metering;

/// <summary>One metered attribute of a hwmon chip: cumulative microjoules or momentary microwatts.</summary>
/// <remarks>Not thread-safe. A good reading allocates nothing.</remarks>
internal sealed class HwmonSensor(PowerDevice device, string path, TimeProvider timeProvider) : IDisposable
{
    private readonly KernelCounter _counter = new(path, timeProvider);

    public PowerDevice Device => device;

    public PowerSample Read()
    {
        long before = timeProvider.GetTimestamp();
        SampleFault fault = _counter.TryRead(before, out long value);
        long middle = before + ((timeProvider.GetTimestamp() - before) / 2);
        if (fault != SampleFault.None) return PowerSample.Failed(middle, fault);
        return device.Reading == DeviceReading.EnergyCounter ? PowerSample.FromCounter(middle, value) : FromMicrowatts(middle, value);
    }

    public void Dispose() => _counter.Dispose();

    private static PowerSample FromMicrowatts(long timestamp, long microwatts)
    {
        // Nothing that is powered draws exactly 0 W: drivers say 0 for "no sensor here" and "not measured yet".
        if (microwatts == 0) return PowerSample.Failed(timestamp, SampleFault.NoData);
        long milliwatts = (microwatts / 1000) + (microwatts % 1000 >= 500 ? 1 : 0);
        return milliwatts <= int.MaxValue
            ? PowerSample.FromPower(timestamp, (int)milliwatts)
            : PowerSample.Failed(timestamp, SampleFault.Malformed);
    }
}
