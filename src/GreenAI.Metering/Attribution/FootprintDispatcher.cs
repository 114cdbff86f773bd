using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Carries final footprints from the closer to the application's observers, bounded, on a task of its own.</summary>
internal sealed class FootprintDispatcher
{
    private readonly IInferenceObserver[] _observers;
    private readonly Channel<InferenceFootprint>? _queue;
    private readonly Task _running;
    private readonly ILogger _logger;
    private readonly bool[] _logged;
    private long _overflow;

    public FootprintDispatcher(IEnumerable<IInferenceObserver> observers, int capacity, ILogger logger)
    {
        _observers = [.. observers];
        _logged = new bool[_observers.Length];
        _logger = logger;
        _running = Task.CompletedTask;
        if (_observers.Length == 0) return;
        _queue = Channel.CreateBounded<InferenceFootprint>(new BoundedChannelOptions(capacity)
        {
            SingleReader = true,
            SingleWriter = false,
            AllowSynchronousContinuations = false,
        });
        _running = Task.Run(RunAsync);
    }

    public bool HasObservers => _queue is not null;

    /// <summary>Footprints that found the queue full.</summary>
    public long Overflow => Interlocked.Read(ref _overflow);

    public void Enqueue(in InferenceFootprint footprint)
    {
        if (_queue is not null && !_queue.Writer.TryWrite(footprint)) Interlocked.Increment(ref _overflow);
    }

    /// <summary>Takes no more, and completes when all that was taken has been told.</summary>
    public Task CompleteAsync()
    {
        _queue?.Writer.TryComplete();
        return _running;
    }

    private async Task RunAsync()
    {
        await foreach (InferenceFootprint footprint in _queue!.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            for (int i = 0; i < _observers.Length; i++) Tell(i, footprint);
        }
    }

    private void Tell(int observer, in InferenceFootprint footprint)
    {
        try
        {
            _observers[observer].OnFinal(footprint);
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
