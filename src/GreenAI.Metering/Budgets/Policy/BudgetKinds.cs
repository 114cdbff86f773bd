namespace GreenAI.Metering;

/// <summary>What kinds of budgets have in common.</summary>
internal static class BudgetKinds
{
    public static bool IsEnergy(this BudgetKind kind) => kind is BudgetKind.Energy or BudgetKind.EnergyPerInference;

    public static bool IsPerInference(this BudgetKind kind) => kind is BudgetKind.EmissionsPerInference or BudgetKind.EnergyPerInference;
}
