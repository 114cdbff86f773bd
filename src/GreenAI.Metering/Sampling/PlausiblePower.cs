namespace GreenAI.Metering;

/// <summary>More than a device can draw: tells a wrap from a reset and a reading from nonsense.</summary>
internal readonly struct PlausiblePower
{
    private static readonly TimeSpan _leastSlack = TimeSpan.FromMilliseconds(2);

    private readonly ulong _microwatts;
    private readonly ulong _frequency;
    private readonly ulong _slack;

    public PlausiblePower(PowerDevice device, long timestampFrequency)
    {
        double microwatts = Math.Max(0, device.MaxPower.Watts * 1e6);
        _microwatts = microwatts < long.MaxValue ? (ulong)microwatts : long.MaxValue;
        _frequency = (ulong)timestampFrequency;

        // A counter that is refreshed once a period shows the energy of up to two periods more than lie between two reads.
        TimeSpan slack = device.UpdatePeriod > _leastSlack / 2 ? device.UpdatePeriod + device.UpdatePeriod : _leastSlack;
        UInt128 ticks = (UInt128)slack.Ticks * _frequency / TimeSpan.TicksPerSecond;
        _slack = ticks < long.MaxValue ? (ulong)ticks : long.MaxValue;
    }

    /// <summary>Whether the device can have drawn that much in that time.</summary>
    /// <remarks>Products are compared in 128 bits: exact, without a division and without overflow.</remarks>
    public bool Allows(long microjoules, ulong ticks) =>
        (UInt128)(ulong)microjoules * _frequency <= ((UInt128)ticks + _slack) * _microwatts;

    /// <summary>Whether the device can draw that power.</summary>
    public bool Allows(int milliwatts) => milliwatts >= 0 && (ulong)milliwatts * 1000 <= _microwatts;
}
