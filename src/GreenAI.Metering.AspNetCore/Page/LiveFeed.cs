using System.Buffers;

namespace GreenAI.Metering;

/// <summary>
/// Makes one snapshot a second while somebody watches, and nothing while nobody does. All viewers share it; one that is slow misses snapshots
/// and holds one of them at the most.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LiveFeed(Action<IBufferWriter<byte>> write, TimeProvider timeProvider, int maxViewers, Action<Exception> failed)
{
    private const int FirstCapacity = 16 * 1024;

    private readonly object _gate = new();
    private TaskCompletionSource _next = NewSignal();
    private LiveFrame? _latest;
    private ITimer? _timer;
    private long _number;
    private int _viewers;
    private int _making;
    private bool _fails;

    /// <summary>Time from one snapshot to the next.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How many watch.</summary>
    public int Viewers => Volatile.Read(ref _viewers);

    /// <summary>One more viewer, who has to <see cref="Leave"/>; false where there are as many as may be.</summary>
    public bool TryJoin()
    {
        lock (_gate)
        {
            if (_viewers >= maxViewers) return false;
            _viewers++;
            if (_viewers > 1) return true;
            _timer = timeProvider.CreateTimer(static feed => ((LiveFeed)feed!).Make(), this, Interval, Interval);
        }

        Make();
        return true;
    }

    public void Leave()
    {
        lock (_gate)
        {
            _viewers--;
            if (_viewers > 0) return;
            _timer?.Dispose();
            _timer = null;
            _latest?.Release();
            _latest = null;
        }
    }

    /// <summary>The latest snapshot that is newer than one seen, as soon as there is one; to be released.</summary>
    /// <param name="seen">The number of the last one seen; 0 for none.</param>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null: none came in time.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<LiveFrame?> NextAsync(long seen, TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_latest is { } latest && latest.Number > seen) return latest.Hold();
                next = _next.Task;
            }

            try
            {
                await next.WaitAsync(patience, timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    private void Make()
    {
        // A snapshot that takes longer than a second is not queued behind.
        if (Interlocked.Exchange(ref _making, 1) != 0) return;
        var buffer = new PooledBuffer(FirstCapacity);
        try
        {
            write(buffer);
            Publish(buffer);
            _fails = false;
        }
        catch (Exception exception)
        {
            // On a thread of the timer it would end the process; the viewers get heartbeats meanwhile.
            buffer.Dispose();
            if (!_fails) failed(exception);
            _fails = true;
        }
        finally
        {
            Volatile.Write(ref _making, 0);
        }
    }

    private void Publish(PooledBuffer buffer)
    {
        TaskCompletionSource next;
        lock (_gate)
        {
            var frame = new LiveFrame(++_number, buffer);
            if (_viewers == 0)
            {
                frame.Release();
                return;
            }

            _latest?.Release();
            _latest = frame;
            next = _next;
            _next = NewSignal();
        }

        next.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
