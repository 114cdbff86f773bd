using System.Collections.Concurrent;

namespace GreenAI.Metering.Tests.Budgets;

internal sealed class CollectingBudgetObserver : IBudgetObserver
{
    private readonly ConcurrentQueue<BudgetEvent> _events = new();

    public IReadOnlyList<BudgetEvent> All => [.. _events];

    public void OnEvent(BudgetEvent budgetEvent) => _events.Enqueue(budgetEvent);
}
