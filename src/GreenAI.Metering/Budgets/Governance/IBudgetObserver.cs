namespace GreenAI.Metering;

/// <summary>Is told what happens to budgets, on a task of its own, in order. What it throws is logged once and stops nothing.</summary>
public interface IBudgetObserver
{
    /// <summary>Called for each event.</summary>
    /// <param name="budgetEvent">What happened.</param>
    void OnEvent(BudgetEvent budgetEvent);
}
