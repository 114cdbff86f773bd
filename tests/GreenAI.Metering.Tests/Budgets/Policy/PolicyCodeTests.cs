namespace GreenAI.Metering.Tests;

/// <summary>A policy made in code is held to the same rules as one in a file.</summary>
public sealed class PolicyCodeTests
{
    [Fact]
    public void ToJson_WhatIsNotPossible_IsToldByItsPlace()
    {
        Says("$.version: It is null; it must be a line of text without control characters and without spaces at its ends, of at most 64 characters.", new() { Version = null! });
        Says("$.budgets: It is null; it must be a list.", new() { Version = "1", Budgets = null! });
        Says("$.budgets[0]: It is null; it must be an object.", new() { Version = "1", Budgets = [null!] });
        Says("$.budgets[0].kind: It is \"77\"; it must be one of emissions, energy, emissionsPerInference, energyPerInference.", Budget(kind: (BudgetKind)77));
        Says("$.budgets[0].limit.value: It is \"NaN\"; it must be a number above 0.", Budget(limit: double.NaN));
        Says("$.budgets[0].limit.value: It is -5; it must be a number above 0.", Budget(limit: -5));
        Says("$.budgets[0].limit.value: It is 1E+40; in ugCO2e it must be at most 9223372036854774784, for it is counted in whole millionths.", Budget(limit: 1e40));
        Says("$.budgets[0].limit.value: It is 1E-30 ugCO2e; it must be at least 1 ugCO2e.", Budget(limit: 1e-30));
        Says("$.budgets[0].window: It is null; it must be an object.", Budget(window: null));
        Says("$.budgets[0].window.carryOver: It is there; a lifetime window has none, only a calendar one has.", Budget(window: new() { Type = BudgetWindowType.Lifetime, CarryOver = 0.5 }));
        Says("$.budgets[0].window.length: It is there; a calendar window has none, only a rolling one has.", Budget(window: new() { Type = BudgetWindowType.Calendar, Length = TimeSpan.FromDays(1) }));
        Says("$.budgets[0].ladder[0].do: It is \"degrade:\"; it must be event, warn, degrade:MODEL, delay:PT30S or deny of at most 240 characters.", Step(new() { Verdict = Verdict.Degrade }));
        Says("$.budgets[0].ladder[0].do: It is \"allow\"; it must be event, warn, degrade:MODEL, delay:PT30S or deny of at most 240 characters.", Step(new() { Verdict = Verdict.Allow }));
        Says("$.budgets[0].ladder[0].do: It is \"delay:-00:00:01\"; it must be event, warn, degrade:MODEL, delay:PT30S or deny of at most 240 characters.", Step(new() { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromSeconds(-1) }));
        Says("$.budgets[0].ladder[0].do: It is null; it must be event, warn, degrade:MODEL, delay:PT30S or deny of at most 240 characters.", Step(null!));
        Says("$.budgets[0].include: It has 0 entries; it must have at least 1.", new() { Version = "1", Budgets = [new() { Id = "b", Kind = BudgetKind.Emissions, LimitMicrounits = 1, IncludesOperational = false, Window = PolicySamples.Budget().Window }] });
        Says("$.charters[0].e2s.kWh: It is 0; it must be a number above 0.", new() { Version = "1", Charters = [new() { Project = "p", Owner = "o", Objective = "o", Model = "m", EnergyToSolutionKilowattHours = 0, EstimateMethod = "m", ReviewDate = new(2027, 1, 1) }] });
    }

    [Fact]
    public void Hash_WhatIsNotPossible_Throws() => Assert.Throws<PolicyFormatException>(() => new BudgetPolicy { Version = " " }.Hash);

    [Fact]
    public void Hash_OfCode_IsThatOfTheSameFile() => Assert.Equal(
        BudgetPolicy.FromJson("""{"version": "1", "budgets": [{"id": "b", "kind": "emissions", "limit": {"value": 1, "unit": "kgCO2e"}, "window": {"type": "calendar", "unit": "month"}}]}""").Hash,
        new BudgetPolicy { Version = "1", Budgets = [PolicySamples.Budget()] }.Hash);

    private static void Says(string expected, BudgetPolicy policy)
    {
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(policy.ToJson);
        Assert.Equal("The policy is refused at " + expected, refused.Message);
        Assert.Null(refused.Line);
    }

    private static BudgetPolicy Budget(BudgetKind kind = BudgetKind.Emissions, double limit = 1) => new() { Version = "1", Budgets = [new() { Id = "b", Kind = kind, LimitMicrounits = limit, Window = PolicySamples.Budget().Window }] };

    private static BudgetPolicy Budget(BudgetWindow? window) => new() { Version = "1", Budgets = [new() { Id = "b", Kind = BudgetKind.Emissions, LimitMicrounits = 1, Window = window! }] };

    private static BudgetPolicy Step(BudgetAction action) => new()
    {
        Version = "1",
        Budgets = [new() { Id = "b", Kind = BudgetKind.Emissions, LimitMicrounits = 1, Window = PolicySamples.Budget().Window, Ladder = [new() { At = 1, Action = action }] }],
    };
}
