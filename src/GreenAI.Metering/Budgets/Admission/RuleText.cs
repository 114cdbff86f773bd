namespace GreenAI.Metering;

/// <summary>Whether rules of two policies say the same: then what the old one has seen holds for the new one.</summary>
internal static class RuleText
{
    public static bool AreEqual(BudgetDefinition one, BudgetDefinition other) => ReferenceEquals(one, other) || Text(one) == Text(other);

    public static bool AreEqual(KpiRule one, KpiRule other) => ReferenceEquals(one, other) || Text(one) == Text(other);

    private static string Text(BudgetDefinition budget) => new BudgetPolicy { Version = "0", Budgets = [budget] }.ToJson();

    private static string Text(KpiRule rule) => new BudgetPolicy { Version = "0", Kpis = [rule] }.ToJson();
}
