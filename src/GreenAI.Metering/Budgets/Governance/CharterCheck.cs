using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Checks what projects have promised.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class CharterCheck
{
    /// <summary>The problems of a policy's charters, in the order of the charters.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="today">The day: reviews of days before it are overdue.</param>
    /// <param name="actualKilowattHours">What a charter's project has spent so far, in kWh; null for what is not known. Null: nothing is known.</param>
    public static IReadOnlyList<CharterProblem> Check(BudgetPolicy policy, DateOnly today, Func<Charter, double?>? actualKilowattHours = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        List<CharterProblem> problems = [];
        foreach (Charter charter in policy.Charters) problems.AddRange(Check(policy, charter, today, actualKilowattHours?.Invoke(charter)));
        return problems;
    }

    internal static IEnumerable<CharterProblem> Check(BudgetPolicy policy, Charter charter, DateOnly today, double? actual)
    {
        double estimate = charter.EnergyToSolutionKilowattHours;
        bool isEstimate = double.IsFinite(estimate) && estimate > 0;
        if (!isEstimate) yield return Of(CharterProblemKind.NoEstimate, "The Energy-to-Solution is not estimated.");
        else if (string.IsNullOrWhiteSpace(charter.EstimateMethod)) yield return Of(CharterProblemKind.NoEstimate, "It is not said how the Energy-to-Solution was estimated.");
        if (charter.ReviewDate < today)
            yield return Of(CharterProblemKind.ReviewOverdue, string.Create(CultureInfo.InvariantCulture, $"The review of {charter.ReviewDate:yyyy-MM-dd} is overdue by {today.DayNumber - charter.ReviewDate.DayNumber} day(s)."));
        if (string.IsNullOrWhiteSpace(charter.Budget)) yield return Of(CharterProblemKind.NoBudget, "It names no budget.");
        else if (!policy.Budgets.Any(budget => budget.Id == charter.Budget)) yield return Of(CharterProblemKind.BudgetUnknown, $"The policy has no budget '{charter.Budget}'.");
        if (isEstimate && actual > estimate)
            yield return Of(CharterProblemKind.EstimateExceeded, $"{ReportText.Number(actual, "kWh")} were spent of {ReportText.Number(estimate, "kWh")} estimated.");

        CharterProblem Of(CharterProblemKind kind, string message) => new(charter.Project, kind, message);
    }
}
