namespace GreenAI.Metering.Tests.Budgets;

/// <summary>Policies of the tests of admission.</summary>
internal static class Policies
{
    public static BudgetWindow Month { get; } = new() { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month };

    public static BudgetPolicy Of(params BudgetDefinition[] budgets) => new() { Version = "1", Budgets = budgets };

    /// <summary>An energy budget of a month that denies at its limit.</summary>
    public static BudgetDefinition Joules(double limit, BudgetScope? scope = null, string id = "b", IReadOnlyList<LadderStep>? ladder = null, BudgetWindow? window = null) => new()
    {
        Id = id,
        Kind = BudgetKind.Energy,
        LimitMicrounits = limit * 1e6,
        Scope = scope ?? new BudgetScope(),
        Window = window ?? Month,
        Ladder = ladder ?? [Deny()],
    };

    public static LadderStep Step(double at, BudgetAction action, MeasurementTier? minTier = null, params string[] exempt) =>
        new() { At = at, Action = action, MinTier = minTier, ExemptPriorities = exempt };

    public static LadderStep Deny(double at = 1, MeasurementTier? minTier = null, params string[] exempt) => Step(at, new BudgetAction { Verdict = Verdict.Deny }, minTier, exempt);

    public static LadderStep Warn(double at) => Step(at, new BudgetAction { Verdict = Verdict.Warn });

    public static LadderStep Degrade(double at, string model) => Step(at, new BudgetAction { Verdict = Verdict.Degrade, Model = model });
}
