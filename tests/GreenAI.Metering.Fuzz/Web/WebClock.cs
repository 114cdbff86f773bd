namespace GreenAI.Metering.Fuzz;

/// <summary>
/// A clock that moves only when it is told to, and rings its timers on the thread that moves it and nowhere else: a test clock that rings them for whoever reads it
/// makes runs differ, and rings within the locks of its readers.
/// </summary>
internal sealed class WebClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = new(2026, 11, 10, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan time)
    {
        DateTimeOffset end = GetUtcNow() + time;
        while (Next(end) is { } alarm) alarm.Ring();
    }

    // The next alarm until an end, at its own time; null: there is none, and it is the end.
    private Alarm? Next(DateTimeOffset end)
    {
        lock (_gate)
        {
            Alarm? next = _alarms.MinBy(static alarm => alarm.Due);
            if (next is null || next.Due > end)
            {
                _now = end;
                return null;
            }

            if (next.Due > _now) _now = next.Due;
            if (next.Period > TimeSpan.Zero) next.Due += next.Period;
            else _alarms.Remove(next);
            return next;
        }
    }

    private sealed class Alarm(WebClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                (Due, Period) = (clock._now + dueTime, period);
                clock._alarms.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
