namespace GreenAI.Metering;

/// <summary>Dates measurements by the meter's own clock, within the call that fetched them.</summary>
/// <remarks>
/// The two clocks have an unknown offset and may drift. Each call bounds the offset from both sides, for the measurement was taken
/// neither after the call nor, by a driver that measures when it is asked, before it. So a call that was held up for long does not
/// blur a date, and no value of the meter's clock, however odd, leads out of the call.
/// </remarks>
/// <param name="frequency">Ticks per second of our clock.</param>
internal sealed class EmiClock(long frequency)
{
    private const long HardwareFrequency = 10_000_000;

    private Int128? _offset;

    /// <summary>The time of a measurement in ticks of our clock.</summary>
    /// <param name="hardwareTime">Its time on the meter's clock, in steps of 100 ns.</param>
    /// <param name="before">Just before the call.</param>
    /// <param name="after">Just after it, not before <paramref name="before"/>.</param>
    public long Date(ulong hardwareTime, long before, long after)
    {
        Int128 ticks = (Int128)hardwareTime * frequency / HardwareFrequency;
        Int128 offset = Int128.Clamp(_offset ?? before + ((after - before) / 2) - ticks, before - ticks, after - ticks);
        _offset = offset;
        return (long)(ticks + offset);
    }
}
