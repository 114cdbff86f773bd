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

    /// <summary>What it costs a budget, in the budget's unit; NaN: not known.</summary>
    public double For(BudgetDefinition budget, bool isEnergy)
    {
        // The host's idle floor is charged as a whole, not by shares.
        double energy = budget.IncludesIdle && budget.Scope.Host is null ? Marginal + Idle : Marginal;
        if (budget.ChargesUpperBound) energy *= 1 + Above;
        return isEnergy ? energy : budget.IncludesOperational ? energy * Price : 0;
    }
}
