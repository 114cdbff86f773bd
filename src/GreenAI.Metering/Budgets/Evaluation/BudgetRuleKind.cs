namespace GreenAI.Metering;

/// <summary>Which list of a budget a rule is in.</summary>
internal enum BudgetRuleKind : byte
{
    /// <summary>No rule is in force.</summary>
    None,

    /// <summary><see cref="BudgetDefinition.Ladder"/>.</summary>
    Ladder,

    /// <summary><see cref="BudgetDefinition.Burn"/>.</summary>
    Burn,
}
