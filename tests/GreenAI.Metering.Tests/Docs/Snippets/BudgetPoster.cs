using GreenAI.Metering;

namespace Readme.Snippets;

#region BudgetPoster
public sealed class BudgetPoster(Action<string> post) : IBudgetObserver
{
    public void OnEvent(BudgetEvent budgetEvent) => post(budgetEvent.ToCloudEvent("/services/answers"));
}
#endregion
