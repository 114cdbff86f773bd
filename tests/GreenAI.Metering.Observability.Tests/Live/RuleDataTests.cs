using GreenAI.Metering.Observability.Tests.Rules;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>Every rule has data from a real service.</summary>
[Collection(LiveTests.Name)]
public sealed class RuleDataTests(LiveStack live)
{
    private static readonly IReadOnlyList<Rule> _rules = RuleFile.Rules(Pack.Read(RuleFile.Path));

    public static TheoryData<string> Recordings => [.. _rules.Where(static rule => !rule.IsAlert).Select(static rule => rule.Name)];

    public static TheoryData<string> Alerts => [.. _rules.Where(static rule => rule.IsAlert).Select(static rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Recording_HasRows(string name) => Assert.NotEmpty(await live.EventuallyAsync(name));

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task Alert_WhateverItsThreshold_HasRows(string name)
    {
        string opened = Opened.Alert(Hasty.Expression(_rules.Single(rule => rule.Name == name).Expression));
        Assert.True((await live.EventuallyAsync(opened)).Count > 0, opened);
    }

    [Fact]
    public async Task Rules_AreEvaluatedWithoutErrors()
    {
        IReadOnlyDictionary<string, string> errors = await Until.Async(live.Prometheus.Api.RuleErrorsAsync, static rules => rules.Count == _rules.Count);
        Assert.Equal(_rules.Select(static rule => rule.Name).Order(), errors.Keys.Order());
        Assert.All(errors.Values, static error => Assert.Equal("", error));
    }

    [Fact]
    public async Task Alert_MisspeltLabel_HasNoRows()
    {
        await live.EventuallyAsync("greenai:budget_spent_ratio:max");
        string opened = Opened.Alert("min by (job) (greenai_metering_coverage) < on (jobs) max by (job) (greenai_budget_period_seconds{greenai_budget_window=\"calender\"})");
        Assert.Contains("< bool", opened, StringComparison.Ordinal);
        Assert.Empty(await live.Prometheus.Api.QueryAsync(opened));
    }

    // Grams and joules are those of the host's own books: 400 g/kWh × PUE 1.2. Of the first scrapes rate() has to guess how far a counter goes back.
    [Fact]
    public async Task Intensity_IsThatOfTheHost()
    {
        IReadOnlyList<PrometheusSample> rows = await live.EventuallyAsync("greenai:carbon_intensity_grams_per_kilowatt_hour:ratio5m", static row => Math.Abs(row.Value - 480) < 10);
        Assert.Equal(480, Assert.Single(rows).Value, 10.0);
    }
}
