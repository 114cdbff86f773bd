namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class BudgetPressureTests
{
    [Fact]
    public void Of_OneCarbonBudget_IsItsPaceItsRestAndItsHeadroom()
    {
        BudgetPressure pressure = Of("m", (new BudgetScope { Model = "m" }, Status("a", spent: 56, forecast: 87)));
        Assert.Equal(0.87, pressure.Pace!.Value, 9);
        Assert.Equal(0.44, pressure.RemainingRatio!.Value, 9);
        // 44 are left and 31 will be spent.
        Assert.Equal(44 / 31d, pressure.CarbonHeadroomRatio!.Value, 9);
    }

    [Fact]
    public void Of_Several_EachFigureIsOfTheOneThatPressesHardest()
    {
        BudgetPressure pressure = Of(
            "m",
            (new BudgetScope(), Status("all", spent: 10, forecast: 150)),
            (new BudgetScope { Model = "m" }, Status("own", spent: 90, forecast: 95)),
            (new BudgetScope { Model = "*" }, Status("each", spent: 20, forecast: 20, part: "model=m")));
        Assert.Equal(1.5, pressure.Pace!.Value, 9);
        Assert.Equal(0.1, pressure.RemainingRatio!.Value, 9);
        Assert.Equal(90 / 140d, pressure.CarbonHeadroomRatio!.Value, 9);
    }

    [Fact]
    public void Of_WhatDoesNotCount_IsNothing()
    {
        BudgetPressure pressure = Of(
            "m",
            (new BudgetScope { Model = "other" }, Status("other", spent: 90, forecast: 95)),
            (new BudgetScope { Model = "*" }, Status("each", spent: 90, forecast: 95, part: "model=mm")),
            (new BudgetScope { Tenant = "*" }, Status("tenants", spent: 90, forecast: 95, part: "tenant=m")),
            (new BudgetScope(), Status("shadow", spent: 90, forecast: 95, shadow: true)),
            (new BudgetScope(), Status("silent", spent: 90, forecast: 95, reachable: false)),
            (new BudgetScope(), Status("blind", spent: 90, forecast: 95, unmetered: 3)),
            (new BudgetScope(), Status("ratio", spent: 90, forecast: 95, kind: BudgetKind.EmissionsPerInference)));
        Assert.Null(pressure.Pace);
        Assert.Null(pressure.RemainingRatio);
        Assert.Null(pressure.CarbonHeadroomRatio);
    }

    [Fact]
    public void Of_NamesThatPartsEscape_AreFound() =>
        Assert.Equal(0.5, Of("a,b=c%", (new BudgetScope { Model = "*", Host = "*" }, Status("each", spent: 50, part: "model=a%2Cb%3Dc%25,host=h"))).RemainingRatio);

    [Fact]
    public void Of_OverspentWithoutAForecast_HasNoRestAndNoPace()
    {
        BudgetPressure pressure = Of("m", (new BudgetScope(), Status("all", spent: 120)));
        Assert.Equal(0, pressure.RemainingRatio);
        Assert.Null(pressure.Pace);
    }

    [Fact]
    public void Of_AnEnergyBudget_HasNoCarbonHeadroom()
    {
        BudgetPressure pressure = Of("m", (new BudgetScope(), Status("all", spent: 50, forecast: 80, kind: BudgetKind.Energy)));
        Assert.Equal(0.8, pressure.Pace);
        Assert.Null(pressure.CarbonHeadroomRatio);
    }

    [Fact]
    public void Of_NothingMoreWillBeSpent_HasNoHeadroomRatherThanAnInfiniteOne() =>
        Assert.Null(Of("m", (new BudgetScope(), Status("all", spent: 50, forecast: 50))).CarbonHeadroomRatio);

    private static BudgetPressure Of(string model, params (BudgetScope Scope, BudgetStatus Status)[] budgets)
    {
        var policy = new BudgetPolicy
        {
            Version = "1",
            Budgets =
            [
                .. budgets.Select(budget => new BudgetDefinition
                {
                    Id = budget.Status.Budget,
                    Scope = budget.Scope,
                    Kind = budget.Status.Kind,
                    LimitMicrounits = 100,
                    Window = new BudgetWindow { Type = BudgetWindowType.Lifetime },
                }),
            ],
        };
        return BudgetPressure.Of(model, policy, [.. budgets.Select(budget => budget.Status)]);
    }

    private static BudgetStatus Status(
        string id, double spent, double? forecast = null, string part = "", bool shadow = false, bool reachable = true, long unmetered = 0, BudgetKind kind = BudgetKind.Emissions) => new()
        {
            Budget = id,
            Part = part,
            Kind = kind,
            Limit = 100,
            Spent = spent,
            Forecast = forecast,
            IsShadow = shadow,
            IsLedgerReachable = reachable,
            Inferences = 200,
            Unmetered = unmetered,
        };
}
