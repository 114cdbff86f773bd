namespace GreenAI.Metering;

/// <summary>A measured region that is not a request: training, a batch job, a benchmark.</summary>
/// <remarks>
/// It measures the devices, not the caller: windows may overlap, and each tells what the devices spent while it was open, split
/// into idle, other processes and this process. Made by <see cref="EnergyMeter.StartWindow"/>. Thread-safe.
/// </remarks>
public sealed class EnergyWindow
{
    private readonly MeteringEngine _engine;
    private readonly TimeProvider _timeProvider;
    private readonly Func<WindowEdge> _edge;
    private readonly object _gate = new();
    private WindowEdge _start;
    private Task<EnergyReading>? _stopped;

    internal EnergyWindow(string name, MeteringEngine engine, TimeProvider timeProvider, WindowEdge start, Func<WindowEdge> edge)
    {
        Name = name;
        _engine = engine;
        _timeProvider = timeProvider;
        _edge = edge;
        _start = start;
    }

    /// <summary>The name given at the start.</summary>
    public string Name { get; }

    /// <summary>
    /// Ends the window. Counters are read now, on this thread; where a slow counter has yet to move, the reading comes when it
    /// has, at most 2 s later.
    /// </summary>
    /// <returns>The reading; the same one when the window was stopped before.</returns>
    public ValueTask<EnergyReading> StopAsync()
    {
        lock (_gate)
        {
            if (_stopped is not null) return new ValueTask<EnergyReading>(_stopped);
            _stopped = MeasureAsync(_start, _edge());
            return new ValueTask<EnergyReading>(_stopped);
        }
    }

    /// <summary>
    /// Ends one lap and begins the next at the same instant, so that nothing falls between them: the laps sum to the whole.
    /// </summary>
    /// <returns>The reading since the start or the lap before.</returns>
    /// <exception cref="InvalidOperationException">The window was stopped.</exception>
    public ValueTask<EnergyReading> LapAsync()
    {
        lock (_gate)
        {
            if (_stopped is not null) throw new InvalidOperationException($"The energy window '{Name}' was stopped: it has no further laps.");
            WindowEdge start = _start;
            _start = _edge();
            return new ValueTask<EnergyReading>(MeasureAsync(start, _start));
        }
    }

    private Task<EnergyReading> MeasureAsync(WindowEdge start, WindowEdge end) =>
        start.Resolved.IsCompletedSuccessfully && end.Resolved.IsCompletedSuccessfully
            ? Task.FromResult(Reading(start, end))
            : WaitAsync(start, end);

    private async Task<EnergyReading> WaitAsync(WindowEdge start, WindowEdge end)
    {
        await start.Resolved.ConfigureAwait(false);
        await end.Resolved.ConfigureAwait(false);
        return Reading(start, end);
    }

    private EnergyReading Reading(WindowEdge start, WindowEdge end) =>
        EnergyReading.Between(Name, _engine.Devices, start, end, _timeProvider);
}
