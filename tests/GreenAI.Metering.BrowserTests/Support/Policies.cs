namespace GreenAI.Metering.BrowserTests.Support;

/// <summary>Policies of the service that the browser looks at.</summary>
internal static class Policies
{
    public const string Tight = "ranker-hour";

    /// <summary>A budget that a few seconds of load use up, one that lasts, one that only tells, a target and a waiver.</summary>
    public static BudgetPolicy Of(double tightJoules) => new()
    {
        Version = "2.4.0",
        Budgets =
        [
            new BudgetDefinition
            {
                Id = Tight,
                Kind = BudgetKind.Energy,
                LimitMicrounits = tightJoules * 1e6,
                Scope = new BudgetScope { Model = "ranker" },
                Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Hour },
                Ladder = [Step(0.6, Verdict.Warn), Step(1, Verdict.Deny)],
            },
            new BudgetDefinition
            {
                Id = "service-minute",
                Kind = BudgetKind.Emissions,
                LimitMicrounits = 1.1e6,
                Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Minute },
                Ladder = [Step(0.85, Verdict.Warn)],
                Burn = [new BurnRule { Long = TimeSpan.FromMinutes(1), Short = TimeSpan.FromSeconds(10), Factor = 4, Action = new BudgetAction { Verdict = Verdict.Warn } }],
            },
            new BudgetDefinition
            {
                Id = "vision-each",
                Kind = BudgetKind.EnergyPerInference,
                LimitMicrounits = 8e6,
                Scope = new BudgetScope { Model = "vision-large" },
                Window = new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromHours(1) },
                Ladder = [Step(1, Verdict.Degrade, "vision-small")],
                Shadow = true,
            },
        ],
        Waivers =
        [
            new Waiver
            {
                Id = "W-12",
                Rule = "vision-each",
                Reason = "Migration of the vision pipeline",
                ApprovedBy = "board@example.org",
                Expires = DateTimeOffset.UtcNow.AddDays(60),
            },
        ],
    };

    private static LadderStep Step(double at, Verdict verdict, string? model = null) => new() { At = at, Action = new BudgetAction { Verdict = verdict, Model = model } };
}
