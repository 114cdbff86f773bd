using BudgetVerdict = GreenAI.Metering.Verdict;

namespace GreenAI.Metering.Benchmarks;

/// <summary>The policy of the rows of admission: three budgets that may refuse, of everything, of a model, and one of each tenant; none of them is ever used up.</summary>
internal static class Budgeted
{
    public const string Model = "model";

    public static BudgetPolicy Policy { get; } = Of([Budget("all", new BudgetScope()), Budget("model", new BudgetScope { Model = Model }), Budget("tenant", new BudgetScope { Tenant = BudgetScope.Each })]);

    /// <summary>100 budgets that may refuse: four of everything and one of each of 96 models.</summary>
    public static BudgetPolicy Hundred { get; } =
        Of([.. Enumerable.Range(0, 4).Select(i => Budget($"all-{i}", new BudgetScope())), .. Enumerable.Range(0, 96).Select(i => Budget($"model-{i}", new BudgetScope { Model = $"model-{i}" }))]);

    private static BudgetPolicy Of(IReadOnlyList<BudgetDefinition> budgets) => new() { Version = "1", Budgets = budgets };

    public static BudgetDefinition Budget(string id, BudgetScope scope) => new()
    {
        Id = id,
        Kind = BudgetKind.Energy,
        LimitMicrounits = 1e16,
        Scope = scope,
        Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
        Ladder =
        [
            new LadderStep { At = 0.8, Action = new BudgetAction { Verdict = BudgetVerdict.Warn } },
            new LadderStep { At = 1, Action = new BudgetAction { Verdict = BudgetVerdict.Deny } },
        ],
    };
}
