using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Hands events to the audit log and to the application's observers: each has a bounded queue and a task of its own, so that neither waits for the other.</summary>
/// <remarks>Thread-safe; what it does on the caller's thread is to put a reference into two queues.</remarks>
internal sealed class BudgetEventDispatcher(IEnumerable<IBudgetObserver> observers, AuditLog? audit, int capacity, ILogger logger)
{
    private readonly ObserverQueue<IBudgetObserver, BudgetEvent> _queue =
        new(observers, static (observer, in budgetEvent) => observer.OnEvent(budgetEvent), capacity, logger);

    /// <summary>Events that observers were too slow for. What the audit log lost, <see cref="AuditLog.Lost"/> counts.</summary>
    public long Overflow => _queue.Overflow;

    public void Publish(BudgetEvent budgetEvent)
    {
        audit?.TryAppend(budgetEvent);
        _queue.Enqueue(budgetEvent);
    }

    /// <summary>Takes no more for observers, and completes when they were told of all. The audit log is its owner's to end.</summary>
    public Task CompleteAsync() => _queue.CompleteAsync();
}
