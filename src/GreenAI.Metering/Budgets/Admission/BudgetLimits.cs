namespace GreenAI.Metering;

/// <summary>How much of a budget may be spent at all: what its ledger grants.</summary>
internal static class BudgetLimits
{
    /// <summary>Where the first step that denies is, in the budget's unit; <see cref="long.MaxValue"/>: nothing is ever denied.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="lowTierShare">The share of the spend below a tier.</param>
    /// <param name="waiver">The waiver that lifts it; null for none.</param>
    public static long Hard(BudgetDefinition budget, Func<MeasurementTier, double> lowTierShare, Waiver? waiver)
    {
        if (budget.Shadow || (waiver is not null && waiver.CapMicrounits is null)) return long.MaxValue;
        double at = double.PositiveInfinity;
        for (int i = 0; i < budget.Ladder.Count; i++)
        {
            LadderStep step = budget.Ladder[i];
            if (!Denies(step) || (step.MinTier is { } tier && lowTierShare(tier) > LadderState.LowTierShare)) continue;
            at = Math.Min(at, step.At);
        }

        // A cap is beyond the limit, wherever below it is denied else.
        double limit = waiver is null ? budget.LimitMicrounits * at : (budget.LimitMicrounits * Math.Max(1, at)) + waiver.CapMicrounits!.Value;
        return limit >= long.MaxValue ? long.MaxValue : (long)limit;
    }

    /// <summary>Whether a priority is exempt from the step that the hard limit comes from. Further ones are held by the verdict.</summary>
    public static bool Exempts(BudgetDefinition budget, string? priority)
    {
        if (priority is null) return false;
        double lowest = double.PositiveInfinity;
        bool exempt = false;
        for (int i = 0; i < budget.Ladder.Count; i++)
        {
            LadderStep step = budget.Ladder[i];
            if (!Denies(step) || step.At > lowest) continue;
            exempt = IsExempt(step.ExemptPriorities, priority) && (exempt || step.At < lowest);
            lowest = step.At;
        }

        return exempt;
    }

    // Loops instead of queries: a stream of refusals must not become a stream of objects.
    private static bool IsExempt(IReadOnlyList<string> priorities, string priority)
    {
        for (int i = 0; i < priorities.Count; i++)
        {
            if (string.Equals(priorities[i], priority, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool Denies(LadderStep step) => step.Action.Verdict == Verdict.Deny && step.On == LadderMeasure.Actual;
}
