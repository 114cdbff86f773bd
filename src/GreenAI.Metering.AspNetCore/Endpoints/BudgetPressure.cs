namespace GreenAI.Metering;

/// <summary>How the budgets press on a model: of each figure, that of the budget that presses hardest.</summary>
/// <remarks>
/// Of budgets that count the model, over a window of time, in force and not only told (shadow mode), whose ledger answers, and that lack at most 1 % of their inferences; not of those of tenants.
/// </remarks>
internal readonly struct BudgetPressure
{
    private const double MostUnmetered = 0.01;

    /// <summary>What will be spent at the end of the period ÷ the limit: above 1 it will be passed.</summary>
    public double? Pace { get; private init; }

    /// <summary>What is left ÷ the limit; 0 when it is overspent.</summary>
    public double? RemainingRatio { get; private init; }

    /// <summary>
    /// Of carbon budgets: what is left ÷ what will be spent from now to the end of the period if it goes on like this, (limit − spent) ÷ (forecast − spent). At 1 the budget ends
    /// with its period; 1.15 leaves room for 15 % more.
    /// </summary>
    public double? CarbonHeadroomRatio { get; private init; }

    public static BudgetPressure Of(string model, BudgetPolicy? policy, IReadOnlyList<BudgetStatus> statuses)
    {
        double? pace = null, remaining = null, headroom = null;
        foreach (BudgetStatus status in statuses)
        {
            if (!Counts(model, policy, status)) continue;
            double left = Math.Max(0, status.Remaining);
            remaining = Math.Min(remaining ?? double.MaxValue, left / status.Limit);
            if (status.Forecast is not { } forecast || !double.IsFinite(forecast)) continue;
            pace = Math.Max(pace ?? 0, forecast / status.Limit);
            double ahead = forecast - status.Spent;
            if (status.Kind == BudgetKind.Emissions && ahead > 0) headroom = Math.Min(headroom ?? double.MaxValue, left / ahead);
        }

        return new BudgetPressure { Pace = pace, RemainingRatio = remaining, CarbonHeadroomRatio = headroom };
    }

    private static bool Counts(string model, BudgetPolicy? policy, BudgetStatus status)
    {
        if (status.Kind is not (BudgetKind.Emissions or BudgetKind.Energy) || status.IsShadow || !status.IsLedgerReachable || !(status.Limit > 0)) return false;
        if (!double.IsFinite(status.Spent) || status.Unmetered > MostUnmetered * Math.Max(1, status.Inferences)) return false;
        BudgetScope? scope = policy?.Budgets.FirstOrDefault(budget => budget.Id == status.Budget)?.Scope;
        if (scope is null || scope.Tenant is not null) return false;
        return scope.Model is null || (scope.Model == BudgetScope.Each ? status.Part.Split(',').Contains($"model={Escaped(model)}") : scope.Model == model);
    }

    // As the parts of budgets write names.
    private static string Escaped(string name) =>
        name.Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal);
}
