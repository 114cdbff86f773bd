namespace GreenAI.Metering.Tests;

public class KpiRuleAssessorTests
{
    private static readonly long _start = new DateTime(2026, 11, 29).Ticks;

    private static readonly BudgetAction _warn = new() { Verdict = Verdict.Warn };

    [Theory]
    [InlineData(0.9, nameof(KpiRuleOutcome.Met), Verdict.Allow, "cpi: 0.9 g, at most 1 g, at least 0.1 g.")]
    [InlineData(1.0, nameof(KpiRuleOutcome.Met), Verdict.Allow, "cpi: 1 g, at most 1 g, at least 0.1 g.")]
    [InlineData(1.25, nameof(KpiRuleOutcome.Missed), Verdict.Warn, "cpi: 1.25 g, above 1 g, at least 0.1 g.")]
    [InlineData(0.05, nameof(KpiRuleOutcome.Missed), Verdict.Warn, "cpi: 0.05 g, at most 1 g, below 0.1 g.")]
    [InlineData(2.5e-6, nameof(KpiRuleOutcome.Missed), Verdict.Warn, "cpi: 2.5 µg, at most 1 g, below 0.1 g.")]
    [InlineData(1.25e-7, nameof(KpiRuleOutcome.Missed), Verdict.Warn, "cpi: 125 ng, at most 1 g, below 0.1 g.")]
    [InlineData(double.NaN, nameof(KpiRuleOutcome.Unknown), Verdict.Allow, "cpi: no value yet, at most 1 g, at least 0.1 g.")]
    public void Update_Bounds_AreHeldAgainstTheValue(double value, string outcome, Verdict verdict, string why)
    {
        var assessor = new KpiRuleAssessor(new KpiRule { Id = "cpi", Kpi = Kpi.CarbonPerInference, Max = 1, Min = 0.1, Action = _warn });
        assessor.Update(value, _start);
        Assert.Equal((outcome, verdict, why), (assessor.Outcome.ToString(), assessor.Verdict, assessor.Explain()));
        Assert.Equal(outcome != nameof(KpiRuleOutcome.Unknown), assessor.Changed);
        assessor.Update(value, _start + 1);
        Assert.False(assessor.Changed);
    }

    [Fact]
    public void Update_Baseline_IsTestedWhenAHalfOfTheWindowIsOver()
    {
        KpiRuleAssessor assessor = Regression();
        Spend(assessor, 12, from: 0, minutes: 29);
        Assert.Equal(KpiRuleOutcome.Unknown, assessor.Outcome);
        Spend(assessor, 12, from: 29, minutes: 2);
        Assert.Equal((KpiRuleOutcome.Missed, Verdict.Warn, RegressionOutcome.Regressed), (assessor.Outcome, assessor.Verdict, assessor.Regression.Outcome));
        Assert.StartsWith("energy: 12 J, at most 100 J; regressed at 95 % confidence: 12", assessor.Explain(), StringComparison.Ordinal);
        Spend(assessor, 9, from: 31, minutes: 100);
        Assert.Equal((KpiRuleOutcome.Met, Verdict.Allow, RegressionOutcome.Better), (assessor.Outcome, assessor.Verdict, assessor.Regression.Outcome));
    }

    // The same joules on a grid ten times as dirty: the grams rise, the regression cannot.
    [Fact]
    public void Update_DirtierGridOnly_IsNoRegression()
    {
        KpiRuleAssessor energy = Regression();
        var carbon = new KpiRuleAssessor(new KpiRule { Id = "cpi", Kpi = Kpi.CarbonPerInference, Max = 0.001, Action = _warn });
        for (int minute = 0; minute < 240; minute++)
        {
            double gramsPerKilowattHour = minute < 120 ? 50 : 500;
            Spend(energy, 10, minute, 1);
            carbon.Update(10 / 3.6e6 * gramsPerKilowattHour, _start + (minute * TimeSpan.TicksPerMinute));
            Assert.NotEqual(KpiRuleOutcome.Missed, energy.Outcome);
        }

        Assert.Equal((KpiRuleOutcome.Met, RegressionOutcome.NotWorse), (energy.Outcome, energy.Regression.Outcome));
        Assert.Equal((KpiRuleOutcome.Missed, Verdict.Warn), (carbon.Outcome, carbon.Verdict));
    }

    [Fact]
    public void Update_TooFewInferences_IsUnknown()
    {
        KpiRuleAssessor assessor = Regression();
        for (int i = 0; i < 10; i++) assessor.Observe(50, _start);
        assessor.Update(50, _start + TimeSpan.TicksPerHour);
        Assert.Equal((KpiRuleOutcome.Unknown, RegressionOutcome.Inconclusive), (assessor.Outcome, assessor.Regression.Outcome));
        Assert.Equal("energy: 50 J, at most 100 J; inconclusive: 10 of the 200 inferences that are needed.", assessor.Explain());
    }

    [Fact]
    public void Update_Warm_AllocatesNothing()
    {
        KpiRuleAssessor assessor = Regression();
        int minute = 0;
        AllocationAssert.Zero(() => Spend(assessor, 10, minute++, 1));
        Assert.True(minute > 0);
    }

    private static KpiRuleAssessor Regression() => new(new KpiRule
    {
        Id = "energy",
        Kpi = Kpi.EnergyPerInference,
        Max = 100,
        Baseline = new KpiBaseline { Mean = 10, StandardDeviation = 1, Samples = 1000, MaxIncrease = 0.05 },
        Action = _warn,
    });

    // A hundred inferences a minute, half a joule to either side.
    private static void Spend(KpiRuleAssessor assessor, double joules, int from, int minutes)
    {
        for (int i = 0; i < minutes * 100; i++)
        {
            long now = _start + (from * TimeSpan.TicksPerMinute) + (i * TimeSpan.TicksPerMinute / 100);
            assessor.Observe(joules + (i % 2 == 0 ? 0.5 : -0.5), now);
            assessor.Update(joules, now);
        }
    }
}
