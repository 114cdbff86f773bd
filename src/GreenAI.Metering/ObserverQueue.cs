using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Tells an observer of an item.</summary>
internal delegate void ObserverCall<in TObserver, TItem>(TObserver observer, in TItem item);

/// <summary>Carries items to the application's observers in their order, bounded, on a task of its own: never on the caller's thread.</summary>
internal sealed class ObserverQueue<TObserver, TItem>
    where TObserver : notnull
{
    private readonly TObserver[] _observers;
    private readonly ObserverCall<TObserver, TItem> _call;
    private readonly Channel<TItem>? _queue;
    private readonly Task _running = Task.CompletedTask;
    private readonly ILogger _logger;
    private readonly bool[] _logged;
    private long _overflow;

    public ObserverQueue(IEnumerable<TObserver> observers, ObserverCall<TObserver, TItem> call, int capacity, ILogger logger)
    {
        _observers = [.. observers];
        _call = call;
        _logged = new bool[_observers.Length];
        _logger = logger;
        if (_observers.Length == 0) return;
        _queue = Channel.CreateBounded<TItem>(new BoundedChannelOptions(capacity)
        {
            SingleReader = true,
            SingleWriter = false,
            AllowSynchronousContinuations = false,
        });
        _running = Task.Run(RunAsync);
    }

    public bool HasObservers => _queue is not null;

    /// <summary>Items that found the queue full.</summary>
    public long Overflow => Interlocked.Read(ref _overflow);

    public void Enqueue(in TItem item)
    {
        if (_queue is not null && !_queue.Writer.TryWrite(item)) Interlocked.Increment(ref _overflow);
    }

    /// <summary>Takes no more, and completes when all that was taken has been told.</summary>
    public Task CompleteAsync()
    {
        _queue?.Writer.TryComplete();
        return _running;
    }

    private async Task RunAsync()
    {
        await foreach (TItem item in _queue!.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            for (int i = 0; i < _observers.Length; i++) Tell(i, item);
        }
    }

    private void Tell(int observer, in TItem item)
    {
        try
        {
            _call(_observers[observer], item);
        }
        catch (Exception exception)
        {
            // The application's own code: whatever it throws must not stop metering or the other observers.
            if (_logged[observer]) return;
            _logged[observer] = true;
            Log.ObserverThrew(_logger, exception, _observers[observer].GetType().Name);
        }
    }
}
