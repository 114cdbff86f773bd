namespace GreenAI.Metering;

/// <summary>NVIDIA boards through NVML: one reading per board, the energy counter where there is one.</summary>
internal sealed class NvmlPowerSource : IPowerSource
{
    private readonly NvmlLibrary _library;
    private readonly NvmlDevice[] _devices;
    private readonly TimeProvider _timeProvider;
    private int _next;
    private long? _polled;

    /// <summary>Takes the library over: disposing the source closes it.</summary>
    public NvmlPowerSource(NvmlLibrary library, IReadOnlyList<NvmlDevice> devices, TimeProvider timeProvider)
    {
        _library = library;
        _devices = [.. devices];
        _timeProvider = timeProvider;
        Devices = Array.ConvertAll(_devices, device => device.Description);
    }

    /// <inheritdoc/>
    public string Name => "nvml";

    /// <inheritdoc/>
    public IReadOnlyList<PowerDevice> Devices { get; }

    /// <inheritdoc/>
    public void Read(Span<PowerSample> samples)
    {
        // Each board has its own timestamp: a call may take a millisecond.
        int count = Math.Min(samples.Length, _devices.Length);
        for (int i = 0; i < count; i++) samples[i] = _devices[i].Read(_timeProvider.GetTimestamp());
        PollActivities();
    }

    /// <inheritdoc/>
    public void Dispose() => _library.Dispose();

    // After the counters, and spread over the readings of a second: eight boards must not make one tick eight times as long.
    private void PollActivities()
    {
        long now = _timeProvider.GetTimestamp();
        double elapsed = _polled is { } polled ? _timeProvider.GetElapsedTime(polled, now).TotalSeconds : 0;
        double budget = 1 + (_devices.Length * elapsed);
        _polled = now;
        for (int step = 0; step < _devices.Length && budget >= 1; step++)
        {
            NvmlDevice device = _devices[_next];
            _next = (_next + 1) % _devices.Length;
            if (!device.IsActivityDue(now)) continue;
            device.PollActivity(now);
            budget--;
        }
    }
}
