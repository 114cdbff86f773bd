namespace GreenAI.Metering;

/// <summary>Estimates energy where no counter tells it, from processor time and watts per hardware thread.</summary>
/// <remarks>
/// <para>E(t) = idle power × time since the start + (full − idle watts of a thread) × busy seconds since the start. It is a function
/// of two clocks and of nothing else, so who reads it, on which thread and how often changes nothing.</para>
/// <para>Not thread-safe. A reading allocates nothing.</para>
/// </remarks>
internal sealed class LoadModelPowerSource : IPowerSource
{
    public const string SourceName = "load-model";

    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly IBusyTime _busy;
    private readonly TimeProvider _timeProvider;
    private readonly long _idleMicrowatts;
    private readonly long _dynamicMicrowatts;
    private readonly long _origin;
    private readonly long _busyOrigin;

    /// <param name="device">What is estimated; its idle power is that of the model.</param>
    /// <param name="busy">Processor time that is charged above idle.</param>
    /// <param name="busyOrigin">The first reading of it, which the detection has made just now.</param>
    /// <param name="dynamicPower">What one busy thread draws more than an idle one.</param>
    /// <param name="timeProvider">The clock.</param>
    public LoadModelPowerSource(PowerDevice device, IBusyTime busy, long busyOrigin, Power dynamicPower, TimeProvider timeProvider)
    {
        Devices = [device];
        _busy = busy;
        _busyOrigin = busyOrigin;
        _timeProvider = timeProvider;
        _idleMicrowatts = Microwatts(device.IdlePower ?? Power.Zero);
        _dynamicMicrowatts = Microwatts(dynamicPower);
        _origin = timeProvider.GetTimestamp();
    }

    public string Name => SourceName;

    public IReadOnlyList<PowerDevice> Devices { get; }

    public void Read(Span<PowerSample> samples)
    {
        long before = _timeProvider.GetTimestamp();
        SampleFault fault = _busy.TryRead(out long busyMicroseconds);
        long middle = before + ((_timeProvider.GetTimestamp() - before) / 2);
        samples[0] = fault == SampleFault.None ? Sample(middle, busyMicroseconds) : PowerSample.Failed(middle, fault);
    }

    public void Dispose() => _busy.Dispose();

    // 128 bits: microwatts × nanoseconds outgrow 64 bits within a day, and a double would lose microjoules within months.
    private PowerSample Sample(long timestamp, long busyMicroseconds)
    {
        Int128 idle = (Int128)_idleMicrowatts * (timestamp - _origin) / _timeProvider.TimestampFrequency;
        Int128 dynamic = (Int128)_dynamicMicrowatts * (busyMicroseconds - _busyOrigin) / MicrosecondsPerSecond;
        Int128 microjoules = idle + dynamic;
        return microjoules >= 0 && microjoules <= long.MaxValue
            ? PowerSample.FromCounter(timestamp, (long)microjoules, MeasurementTier.Modelled)
            : PowerSample.Failed(timestamp, SampleFault.Malformed);
    }

    private static long Microwatts(Power power) => (long)Math.Round(power.Watts * 1e6);
}
