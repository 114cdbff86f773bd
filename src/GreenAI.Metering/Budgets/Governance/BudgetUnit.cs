namespace GreenAI.Metering;

/// <summary>The units of budgets' amounts.</summary>
internal static class BudgetUnit
{
    /// <summary>The name of what amounts are counted in.</summary>
    public static string NameOf(BudgetKind kind) => kind switch
    {
        BudgetKind.Emissions => "microgramsCO2e",
        BudgetKind.Energy => "microjoules",
        BudgetKind.EmissionsPerInference => "microgramsCO2ePerInference",
        _ => "microjoulesPerInference",
    };

    /// <summary>The unit in which people read them.</summary>
    public static string SymbolOf(BudgetKind kind) => kind switch
    {
        BudgetKind.Emissions => "g",
        BudgetKind.Energy => "J",
        BudgetKind.EmissionsPerInference => "g/inference",
        _ => "J/inference",
    };

    /// <summary>An amount for people.</summary>
    public static string Text(BudgetKind kind, double? microunits) => ReportText.Number(Figures.Finite(microunits) / 1e6, SymbolOf(kind));
}
