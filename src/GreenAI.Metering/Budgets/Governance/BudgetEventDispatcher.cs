using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

internal sealed class BudgetEventDispatcher(IReadOnlyList<IBudgetObserver> observers, AuditLog? audit, ILogger logger)
{
    public void Enqueue(BudgetEvent budgetEvent)
    {
        _ = logger;
        foreach (IBudgetObserver observer in observers) observer.OnEvent(budgetEvent);
        audit?.TryAppend(budgetEvent);
    }

    public Task CompleteAsync() => Task.CompletedTask;
}
