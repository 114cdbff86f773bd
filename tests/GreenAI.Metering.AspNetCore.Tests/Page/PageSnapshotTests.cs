using System.Text;
using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Page;

public sealed class PageSnapshotTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Write_AfterInferences_SaysWhereTheJoulesWent()
    {
        using EnergyMeter meter = Meter();
        await Run(meter, "digits", seconds: 10);
        using JsonDocument snapshot = Write(meter);
        JsonElement root = snapshot.RootElement;
        Assert.Equal((1, "service"), (root.GetProperty("version").GetInt32(), root.GetProperty("service").GetString()));
        Assert.Equal(DateTimeOffset.Parse("2026-11-29T12:00:10Z", System.Globalization.CultureInfo.InvariantCulture), root.GetProperty("time").GetDateTimeOffset());
        Assert.Equal(200, root.GetProperty("energy").GetProperty("total").GetDouble(), 0.001);
        Assert.Equal(0, root.GetProperty("energy").GetProperty("unaccounted").GetDouble());
        JsonElement device = Assert.Single(root.GetProperty("devices").EnumerateArray());
        Assert.Equal(20, device.GetProperty("watts").GetDouble(), 0.001);
        Assert.Equal(JsonValueKind.Null, device.GetProperty("reason").ValueKind);
        JsonElement model = Assert.Single(root.GetProperty("models").EnumerateArray());
        Assert.Equal(("digits", 1), (model.GetProperty("name").GetString(), model.GetProperty("succeeded").GetInt32()));
        Assert.Equal(200, model.GetProperty("joulesPerInference").GetDouble(), 0.001);
        Assert.Equal(200 / 3.6e6 * 400, model.GetProperty("grams").GetDouble(), 1e-5);
        Assert.Equal(400, root.GetProperty("carbon").GetProperty("factor").GetProperty("gramsPerKilowattHour").GetDouble());
    }

    [Fact]
    public async Task Write_WithoutAGrid_HasNoGramsButTheReason()
    {
        using EnergyMeter meter = Meter(carbon: new CarbonOptions());
        await Run(meter, "digits", seconds: 10);
        using JsonDocument snapshot = Write(meter);
        JsonElement carbon = snapshot.RootElement.GetProperty("carbon");
        Assert.Equal(JsonValueKind.Null, carbon.GetProperty("operational").ValueKind);
        Assert.Equal(JsonValueKind.Null, carbon.GetProperty("factor").ValueKind);
        Assert.NotEmpty(carbon.GetProperty("reason").GetString()!);
        Assert.Equal(JsonValueKind.Null, snapshot.RootElement.GetProperty("models")[0].GetProperty("grams").ValueKind);
        JsonElement cpi = snapshot.RootElement.GetProperty("kpis").EnumerateArray().First(kpi => kpi.GetProperty("abbreviation").GetString() == "CPI");
        Assert.Equal(JsonValueKind.Null, cpi.GetProperty("value").ValueKind);
        Assert.NotEmpty(cpi.GetProperty("reason").GetString()!);
    }

    [Fact]
    public void Write_WithoutADevice_HasNoCoverageAndNoWatts()
    {
        using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment { TimeProvider = _time, Sources = [] });
        using JsonDocument snapshot = Write(meter);
        Assert.Empty(snapshot.RootElement.GetProperty("devices").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, snapshot.RootElement.GetProperty("quality").GetProperty("coverage").ValueKind);
        Assert.Equal("Unavailable", snapshot.RootElement.GetProperty("quality").GetProperty("tier").GetString());
    }

    [Fact]
    public void Write_BeforeThereIsPower_HasNoWattsButTheReason()
    {
        using EnergyMeter meter = Meter();
        using JsonDocument snapshot = Write(meter);
        JsonElement device = snapshot.RootElement.GetProperty("devices")[0];
        Assert.Equal(JsonValueKind.Null, device.GetProperty("watts").ValueKind);
        Assert.NotEmpty(device.GetProperty("reason").GetString()!);
    }

    [Fact]
    public void Write_ManyModels_ShowsTheLargestAndCountsTheRest()
    {
        using EnergyMeter meter = Meter();
        for (int i = 0; i < 50; i++) meter.Model($"model-{i}");
        using JsonDocument snapshot = Write(meter);
        Assert.Equal(PageModels.Shown, snapshot.RootElement.GetProperty("models").GetArrayLength());
        Assert.Equal(30, snapshot.RootElement.GetProperty("moreModels").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Write_ManyModels_TellsTheGramsOfTheRest()
    {
        using EnergyMeter meter = Meter();
        InferenceScope[] scopes = [.. Enumerable.Range(0, PageModels.Shown + 10).Select(i => meter.Begin($"model-{i}"))];
        _time.Advance(TimeSpan.FromSeconds(10));
        foreach (InferenceScope scope in scopes) scope.Complete();
        EnergyTotals totals = await meter.SettleAsync(TestContext.Current.CancellationToken);
        using JsonDocument snapshot = Write(meter);
        double shown = snapshot.RootElement.GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("grams").GetDouble());
        double rest = snapshot.RootElement.GetProperty("moreModels").GetProperty("grams").GetDouble();
        Assert.Equal(totals.Carbon.Models.Sum(model => model.Operational!.Value.GramsCO2e), shown + rest, 1e-9);
        Assert.True(rest > 0);
    }

    [Fact]
    public async Task Write_ManyRules_CountsRequestsOfTheBudgetsThatAreShownFirstAndTellsHowManyMoreThereAre()
    {
        using EnergyMeter meter = Meter(Policies.Of([.. Enumerable.Range(0, PageDecisions.ShownCounts + 20).Select(Numbered)]));
        meter.TryAdmit(meter.Model("digits")).Dispose();
        await meter.Budgets.FlushAsync();
        using JsonDocument snapshot = Write(meter);
        string[] counted = [.. snapshot.RootElement.GetProperty("decisions").EnumerateArray().Select(row => row.GetProperty("rule").GetString()!)];
        string[] shown = [.. snapshot.RootElement.GetProperty("budgets").EnumerateArray().Select(budget => budget.GetProperty("name").GetString()!)];
        Assert.Equal(PageDecisions.ShownCounts, counted.Length);
        Assert.Equal(20, snapshot.RootElement.GetProperty("moreDecisions").GetInt32());
        Assert.Equal(shown.Order(), counted.Take(shown.Length).Order());
    }

    [Fact]
    public void Write_ManyBudgets_ShowsAsManyAsFitAndCountsAll()
    {
        using EnergyMeter meter = Meter(Policies.Of([.. Enumerable.Range(0, 40).Select(Numbered)]));
        using JsonDocument snapshot = Write(meter);
        Assert.Equal(PagePolicy.ShownBudgets, snapshot.RootElement.GetProperty("budgets").GetArrayLength());
        Assert.Equal(40, snapshot.RootElement.GetProperty("policy").GetProperty("budgets").GetInt32());
    }

    [Fact]
    public async Task Write_BudgetUsedUp_SaysSoWithItsReasonAndTheDecision()
    {
        using EnergyMeter meter = Meter(Policies.Joules(50, Policies.Deny()));
        await Run(meter, "digits", seconds: 10);
        using JsonDocument snapshot = Write(meter);
        JsonElement root = snapshot.RootElement;
        JsonElement budget = Assert.Single(root.GetProperty("budgets").EnumerateArray());
        Assert.Equal(("Deny", "J", 50d), (budget.GetProperty("verdict").GetString(), budget.GetProperty("unit").GetString(), budget.GetProperty("limit").GetDouble()));
        Assert.Equal(-150, budget.GetProperty("remaining").GetDouble(), 0.01);
        Assert.NotEmpty(budget.GetProperty("burnDown").EnumerateArray());
        Assert.Equal("Deny", root.GetProperty("policy").GetProperty("verdict").GetString());
        JsonElement change = root.GetProperty("events").EnumerateArray().First(happened => happened.GetProperty("kind").GetString() == "VerdictChanged");
        Assert.Equal(("Allow", "Deny"), (change.GetProperty("before").GetString(), change.GetProperty("verdict").GetString()));
    }

    [Fact]
    public void Write_HostileName_StaysOneLineWithoutMarkup()
    {
        using EnergyMeter meter = Meter();
        meter.Model("<img src=x onerror=alert(1)>\n\ndata: {}");
        string text = Event(meter);
        Assert.DoesNotContain('<', text);
        Assert.Equal(["event: snapshot", "data: {", "", ""], text.Split('\n').Select(line => line.StartsWith("data: {", StringComparison.Ordinal) ? "data: {" : line));
    }

    private static BudgetDefinition Numbered(int number) => new()
    {
        Id = $"budget-{number}",
        Kind = BudgetKind.Energy,
        LimitMicrounits = 10e6,
        Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
        Ladder = [Policies.Deny()],
    };

    private string Event(EnergyMeter meter)
    {
        using var buffer = new PooledBuffer(64);
        new PageSnapshot(meter, _time, "service").WriteEvent(buffer);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    private JsonDocument Write(EnergyMeter meter)
    {
        using var buffer = new PooledBuffer(64);
        new PageSnapshot(meter, _time, "service").WriteJson(buffer);
        return JsonDocument.Parse(buffer.Written.ToArray());
    }

    private EnergyMeter Meter(BudgetPolicy? policy = null, CarbonOptions? carbon = null) => new(
        new GreenAIMeteringOptions { Carbon = carbon ?? new CarbonOptions { GramsPerKilowattHour = 400, Source = "test", Pue = 1 } },
        new MeterEnvironment { TimeProvider = _time, Sources = [new SteadySource(_time)], Policy = policy });

    private async Task Run(EnergyMeter meter, string model, int seconds)
    {
        InferenceScope scope = meter.Begin(model);
        for (int i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            if (i == seconds - 1) scope.Complete();
            await meter.SettleAsync(TestContext.Current.CancellationToken);
        }

        await meter.Budgets.FlushAsync();
    }
}
