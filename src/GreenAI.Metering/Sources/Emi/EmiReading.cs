namespace GreenAI.Metering;

/// <summary>A channel that is metered: where it is measured, what it covers, and its clock.</summary>
internal sealed class EmiReading(EmiDevice device, EmiChannel channel, int package, EnergyDomain domain, TimeProvider timeProvider)
{
    private readonly EmiClock _clock = new(timeProvider.TimestampFrequency);

    public EmiDevice Device => device;

    public EmiChannel Channel => channel;

    public int Package => package;

    public EnergyDomain Domain => domain;

    /// <summary>The sample of the device's latest measurement.</summary>
    public PowerSample Sample()
    {
        (long before, long after) = device.Call;
        SampleFault fault = device.TryGet(channel, out EmiMeasurement measurement);
        return fault == SampleFault.None
            ? PowerSample.FromCounter(_clock.Date(measurement.HardwareTime, before, after), measurement.Microjoules)
            : PowerSample.Failed(before + ((after - before) / 2), fault);
    }
}
