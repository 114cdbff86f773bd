namespace GreenAI.Metering.Tests;

public class BudgetBurnTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private static readonly BudgetAction _warn = new() { Verdict = Verdict.Warn };

    // The pace of 1000 in a day over which rates are.
    private static readonly double _pace = 1000 / TimeSpan.FromDays(1).TotalSeconds;

    [Fact]
    public void BurnRate_SteadySpend_IsItsMultipleOfThePace()
    {
        BudgetRig rig = Rig();
        for (int i = 0; i < 7200; i++) rig.Tick(10 * _second, 10 * 14.4 * _pace * 1000);
        rig.Limit = 1e6;
        rig.Tick(10 * _second, 10 * 14.4 * _pace * 1000);
        Assert.Equal(14.4, rig.Assessor.BurnRate(0, isLong: true), 0.01);
        Assert.Equal(14.4, rig.Assessor.BurnRate(0, isLong: false), 0.01);
    }

    [Fact]
    public void Update_Burn_IsInForceOnlyWhileBothTimesAreAbove()
    {
        BudgetRig rig = Rig();
        rig.Limit = 1e6;
        void Run(int minutes, double rate)
        {
            for (int i = 0; i < 6 * minutes; i++) rig.Tick(10 * _second, 10 * rate * _pace * 1000);
        }

        Run(120, 1);
        Assert.Equal(Verdict.Allow, rig.Assessor.Verdict);

        // A blip: the short time is above, the long one is not.
        Run(6, 20);
        Assert.True(rig.Assessor.BurnRate(0, isLong: false) > 14.4 && rig.Assessor.BurnRate(0, isLong: true) < 14.4);
        Assert.Equal(Verdict.Allow, rig.Assessor.Verdict);
        Run(50, 20);
        Assert.Equal((Verdict.Warn, BudgetRuleKind.Burn, 0), (rig.Assessor.Verdict, rig.Assessor.Decision.Kind, rig.Assessor.Decision.Index));
        Assert.True(rig.Assessor.IsBurnActive(0));

        // It is over: the long time is above still, the short one is not.
        Run(6, 0);
        Assert.True(rig.Assessor.BurnRate(0, isLong: true) > 14.4);
        Assert.Equal(Verdict.Allow, rig.Assessor.Verdict);
    }

    [Fact]
    public void BurnRate_BeforeTheShortTimeIsSeen_IsUnknownThenOverWhatIsSeen()
    {
        BudgetRig rig = Rig();
        rig.Tick(_second, 500);
        for (int i = 0; i < 299; i++) rig.Tick(_second, 1);
        Assert.True(double.IsNaN(rig.Assessor.BurnRate(0, isLong: true)) && double.IsNaN(rig.Assessor.BurnRate(0, isLong: false)));
        rig.Tick(_second, 1);
        Assert.Equal(1 / _pace, rig.Assessor.BurnRate(0, isLong: true), 1e-6);
        Assert.Equal(rig.Assessor.BurnRate(0, isLong: true), rig.Assessor.BurnRate(0, isLong: false), 1e-6);
        Assert.Equal(Verdict.Warn, rig.Assessor.Verdict);
    }

    [Fact]
    public void Update_TooFewRequests_IsNotInForceAndRefusedOnesCount()
    {
        BudgetRig rig = Rig(minInferences: 500);
        for (int i = 0; i < 499; i++) rig.Tick(_second, 1);
        Assert.True(rig.Assessor.BurnRate(0, isLong: true) > 14.4);
        Assert.Equal(Verdict.Allow, rig.Assessor.Verdict);
        rig.Tick(_second, 1);
        Assert.Equal(Verdict.Allow, rig.Assessor.Verdict);
        rig.Tick(_second, 1);
        Assert.Equal(Verdict.Warn, rig.Assessor.Verdict);
    }

    [Fact]
    public void BurnRate_OverTheEndOfAPeriod_GoesOn()
    {
        foreach (bool told in new[] { true, false })
        {
            BudgetRig rig = Rig(told: told);
            rig.Limit = 1e6;
            for (int i = 0; i < 8640 + 60; i++) rig.Tick(10 * _second, 10 * 2 * _pace * 1000);
            Assert.Equal("2026-11-02", rig.Period.Id);
            Assert.Equal(2, rig.Assessor.BurnRate(0, isLong: true), 0.05);
        }
    }

    [Fact]
    public void BurnRate_LifetimeOrPerInference_IsUnknown()
    {
        BudgetRig lifetime = Rig(new BudgetWindow { Type = BudgetWindowType.Lifetime });
        BudgetRig mean = Rig(kind: BudgetKind.EmissionsPerInference);
        for (int i = 0; i < 1000; i++)
        {
            lifetime.Tick(_second, 100);
            mean.Tick(_second, 100);
        }

        Assert.True(double.IsNaN(lifetime.Assessor.BurnRate(0, isLong: true)) && double.IsNaN(mean.Assessor.BurnRate(0, isLong: true)));
        Assert.Equal((Verdict.Allow, Verdict.Allow), (lifetime.Assessor.Verdict, mean.Assessor.Verdict));
    }

    [Fact]
    public void Decide_BurnAndLadder_TheStricterThenTheLadder()
    {
        BudgetRig rig = Rig(ladder: [BudgetAssessorTests.Step(0.5, _warn), BudgetAssessorTests.Step(0.8, new BudgetAction { Verdict = Verdict.Deny }, minTier: MeasurementTier.Measured)]);
        rig.Modelled = 1;
        for (int i = 0; i < 600; i++) rig.Tick(_second, 1);
        Assert.Equal((Verdict.Warn, BudgetRuleKind.Ladder, false), (rig.Assessor.Verdict, rig.Assessor.Decision.Kind, rig.Assessor.DowngradedByTier));
        for (int i = 0; i < 300; i++) rig.Tick(_second, 1);
        Assert.Equal((Verdict.Warn, 1, true), (rig.Assessor.Verdict, rig.Assessor.Decision.Index, rig.Assessor.DowngradedByTier));
    }

    private static BudgetRig Rig(
        BudgetWindow? window = null, BudgetKind kind = BudgetKind.Emissions, long minInferences = 0, LadderStep[]? ladder = null, bool told = true)
    {
        var rule = new BurnRule { Long = TimeSpan.FromHours(1), Short = TimeSpan.FromMinutes(5), Factor = 14.4, MinInferences = minInferences, Action = _warn };
        return new BudgetRig(BudgetAssessorTests.Budget(window ?? Zones.Window(CalendarUnit.Day), ladder ?? [], kind, [rule]), _start) { TellsCharged = told };
    }
}
