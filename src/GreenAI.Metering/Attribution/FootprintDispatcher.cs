using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Carries final footprints from the closer to the application's observers, bounded, on a task of its own.</summary>
internal sealed class FootprintDispatcher(IEnumerable<IInferenceObserver> observers, int capacity, ILogger logger)
{
    private readonly ObserverQueue<IInferenceObserver, InferenceFootprint> _queue =
        new(observers, static (observer, in footprint) => observer.OnFinal(footprint), capacity, logger);

    public bool HasObservers => _queue.HasObservers;

    /// <summary>Footprints that found the queue full.</summary>
    public long Overflow => _queue.Overflow;

    public void Enqueue(in InferenceFootprint footprint) => _queue.Enqueue(footprint);

    /// <summary>Takes no more, and completes when all that was taken has been told.</summary>
    public Task CompleteAsync() => _queue.CompleteAsync();
}
