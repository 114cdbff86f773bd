namespace GreenAI.Metering.Benchmarks;

/// <summary>What happens next, by simulated time in nanoseconds; what is due at the same instant happens in the order it was asked for.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (long Time, long Order)> _queue = new();
    private long _order;

    /// <summary>When the next event is due; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextTime => _queue.TryPeek(out _, out (long Time, long Order) due) ? due.Time : long.MaxValue;

    public void At(long time, Action action) => _queue.Enqueue(action, (time, _order++));

    public Action Take() => _queue.Dequeue();
}
