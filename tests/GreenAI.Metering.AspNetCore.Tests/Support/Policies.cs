namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>Policies that decide at once.</summary>
internal static class Policies
{
    /// <summary>A budget that a model's first joule uses up, or that has room for more than any test spends.</summary>
    public static BudgetPolicy Energy(double joules, string? model = null, params LadderStep[] ladder) => new()
    {
        Version = "1",
        Budgets =
        [
            new BudgetDefinition
            {
                Id = "joules",
                Scope = new BudgetScope { Model = model },
                Kind = BudgetKind.Energy,
                LimitMicrounits = joules * 1e6,
                Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
                Ladder = ladder.Length > 0 ? ladder : [new LadderStep { At = 1, Action = new BudgetAction { Verdict = Verdict.Deny } }],
            },
        ],
    };
}
