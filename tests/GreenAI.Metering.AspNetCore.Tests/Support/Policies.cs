namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>Policies of the tests of admission.</summary>
internal static class Policies
{
    /// <summary>A policy with one energy budget of a month, called <c>joules</c>.</summary>
    public static BudgetPolicy Joules(double limit, params LadderStep[] ladder) => Of(Budget(limit, new BudgetScope(), ladder));

    public static BudgetPolicy Of(params BudgetDefinition[] budgets) => new() { Version = "1", Budgets = budgets };

    public static BudgetDefinition Budget(double limit, BudgetScope scope, params LadderStep[] ladder) => new()
    {
        Id = "joules",
        Kind = BudgetKind.Energy,
        LimitMicrounits = limit * 1e6,
        Scope = scope,
        Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
        Ladder = ladder,
    };

    public static LadderStep Deny(params string[] exempt) => new() { At = 1, Action = new BudgetAction { Verdict = Verdict.Deny }, ExemptPriorities = exempt };

    public static LadderStep Degrade(double at, string model) => new() { At = at, Action = new BudgetAction { Verdict = Verdict.Degrade, Model = model } };

    public static LadderStep Delay(double at, TimeSpan wait) => new() { At = at, Action = new BudgetAction { Verdict = Verdict.Delay, RetryAfter = wait } };
}
