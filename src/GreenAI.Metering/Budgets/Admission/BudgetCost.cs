namespace GreenAI.Metering;

/// <summary>What an inference, or what is on no bill, costs budgets. Amounts are in microjoules and micrograms; NaN: not known.</summary>
internal readonly record struct BudgetCost
{
    /// <summary>Energy above the idle floor; NaN: not metered.</summary>
    public double Marginal { get; init; }

    /// <summary>The share of the idle floor.</summary>
    public double Idle { get; init; }

    /// <summary>Micrograms of a microjoule; NaN: no factor applied.</summary>
    public double Price { get; init; }

    /// <summary>How far the truth may lie above, as a fraction.</summary>
    public double Above { get; init; }

    public MeasurementTier Tier { get; init; }

    /// <summary>Whether a budget is of all that a host spends, idle or not.</summary>
    public static bool IsOfWholeHost(BudgetDefinition budget) => budget.Scope is { Host: not null, Model: null, Tenant: null };

    /// <summary>What it costs a budget, in the budget's unit; NaN: not known.</summary>
    public double For(BudgetDefinition budget, bool isEnergy)
    {
        // A whole host's idle floor is charged as a whole, not by shares.
        double energy = budget.IncludesIdle && !IsOfWholeHost(budget) ? Marginal + Idle : Marginal;
        if (budget.ChargesUpperBound) energy *= 1 + Above;
        return isEnergy ? energy : budget.IncludesOperational ? energy * Price : 0;
    }
}
