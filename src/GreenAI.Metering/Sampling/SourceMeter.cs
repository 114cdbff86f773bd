namespace GreenAI.Metering;

/// <summary>One source being polled: its devices, its schedule, its faults. Called by the closer only.</summary>
internal sealed class SourceMeter
{
    private static readonly TimeSpan _fastestPoll = TimeSpan.FromMilliseconds(10);

    private readonly PowerSample[] _samples;
    private readonly TimeProvider _timeProvider;
    private long _due;
    private bool _polled;

    public SourceMeter(IPowerSource source, DeviceMeter[] devices, TimeSpan samplingInterval, TimeProvider timeProvider)
    {
        Source = source;
        Devices = devices;
        _timeProvider = timeProvider;
        _samples = new PowerSample[devices.Length];
        PollInterval = samplingInterval;
        foreach (DeviceMeter device in devices)
        {
            if (!device.Tracked) continue;
            TimeSpan quarter = device.Device.UpdatePeriod / 4;
            if (quarter < PollInterval) PollInterval = quarter;
        }

        if (PollInterval < _fastestPoll) PollInterval = _fastestPoll;
        PollTicks = (long)(PollInterval.TotalSeconds * timeProvider.TimestampFrequency);
    }

    public IPowerSource Source { get; }

    public DeviceMeter[] Devices { get; }

    public TimeSpan PollInterval { get; }

    /// <summary>The exception the source threw last, when it threw at the last reading.</summary>
    public Exception? Fault { get; private set; }

    public ReadOnlySpan<PowerSample> Samples => _samples;

    private long PollTicks { get; }

    // A poll that comes up to an eighth early is on time: timers and threads wake a little before or after.
    public bool IsDue(long now) => !_polled || now >= _due - (PollTicks / 8);

    /// <summary>Reads all devices. An exception counts as a failure of all of them and never leaves this method.</summary>
    public void Read(long now)
    {
        _due = now + PollTicks;
        _polled = true;
        Array.Clear(_samples);
        try
        {
            Source.Read(_samples);
            Fault = null;
        }
        catch (Exception exception)
        {
            // A source may be anybody's code: whatever it throws must not end the sampler or reach the host.
            Fault = exception;
            Array.Fill(_samples, PowerSample.Failed(now, SampleFault.Exception));
        }

        foreach (ref PowerSample sample in _samples.AsSpan())
        {
            if (sample.Timestamp == 0) sample = sample with { Timestamp = _timeProvider.GetTimestamp() };
            if (sample.Flags == SampleFlags.None && sample.Fault == SampleFault.None) sample = sample with { Fault = SampleFault.Missing };
        }
    }
}
