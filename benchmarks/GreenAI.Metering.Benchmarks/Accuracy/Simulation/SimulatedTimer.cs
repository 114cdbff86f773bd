namespace GreenAI.Metering.Benchmarks;

/// <summary>A timer of simulated time. Lateness does not add up: the next firing is due a period after the last one was due.</summary>
/// <remarks>It may be disposed on any thread; all else happens on the simulation's.</remarks>
internal sealed class SimulatedTimer : ITimer
{
    private readonly SimulatedTime _time;
    private readonly EventQueue _events;
    private readonly Action _callback;
    private volatile int _version;

    public SimulatedTimer(SimulatedTime time, EventQueue events, Action callback, TimeSpan dueTime, TimeSpan period)
    {
        (_time, _events, _callback) = (time, events, callback);
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        int version = Interlocked.Increment(ref _version);
        if (dueTime != Timeout.InfiniteTimeSpan) Schedule(_time.Now + SimulatedTime.Nanoseconds(dueTime.TotalSeconds), period, version);
        return true;
    }

    public void Dispose() => Interlocked.Increment(ref _version);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Schedule(long due, TimeSpan period, int version) => _events.At(due + _time.Lateness(), () =>
    {
        if (version != _version) return;
        if (period > TimeSpan.Zero) Schedule(due + SimulatedTime.Nanoseconds(period.TotalSeconds), period, version);
        _callback();
    });
}
