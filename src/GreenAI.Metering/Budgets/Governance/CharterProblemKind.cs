namespace GreenAI.Metering;

/// <summary>What is wrong with a charter.</summary>
public enum CharterProblemKind
{
    /// <summary>There is no estimate of Energy-to-Solution, or it is not said how it was made.</summary>
    NoEstimate,

    /// <summary>The day on which it was to be looked at again is over.</summary>
    ReviewOverdue,

    /// <summary>It names no budget.</summary>
    NoBudget,

    /// <summary>It names a budget that the policy does not have.</summary>
    BudgetUnknown,

    /// <summary>More energy was spent than was estimated.</summary>
    EstimateExceeded,
}
