namespace GreenAI.Metering.Tests;

public class BudgetAssessorTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private static readonly BudgetAction _warn = new() { Verdict = Verdict.Warn }, _deny = new() { Verdict = Verdict.Deny };

    private static readonly BudgetAction _degrade = new() { Verdict = Verdict.Degrade, Model = "resnet18" };

    [Fact]
    public void Update_SpendRises_VerdictsFollowTheLadderAndTheNextPeriodLiftsThem()
    {
        BudgetRig rig = Month([Step(0.5, BudgetAction.Event), Step(0.8, _warn), Step(0.9, _degrade), Step(1, _deny)]);
        Assert.Equal((Verdict.Allow, BudgetRuleKind.None, false), Said(rig.Tick(_minute, 499)));
        Assert.Equal((Verdict.Allow, BudgetRuleKind.Ladder, true), Said(rig.Tick(_minute, 1)));
        Assert.Equal((Verdict.Allow, BudgetRuleKind.Ladder, false), Said(rig.Tick(_minute)));
        Assert.Equal((Verdict.Warn, BudgetRuleKind.Ladder, true), Said(rig.Tick(_minute, 300)));
        Assert.Equal((Verdict.Degrade, BudgetRuleKind.Ladder, true), Said(rig.Tick(_minute, 100)));
        Assert.Equal("resnet18", rig.Assessor.ActionOf(rig.Assessor.Decision)!.Model);
        Assert.Equal((Verdict.Deny, BudgetRuleKind.Ladder, true), Said(rig.Tick(_minute, 100)));
        Assert.Equal((3, Verdict.Degrade, 1.0), (rig.Assessor.Decision.Index, rig.Assessor.Before, rig.Assessor.Fraction));
        Assert.True(rig.Assessor.IsStepActive(0) && rig.Assessor.IsStepActive(3));
        Assert.Equal((Verdict.Deny, BudgetRuleKind.Ladder, false), Said(rig.Tick(TimeSpan.FromDays(29))));
        Assert.Equal((Verdict.Allow, BudgetRuleKind.None, true), Said(rig.Tick(TimeSpan.FromDays(1))));
        Assert.Equal(0, rig.Assessor.Fraction);
    }

    [Fact]
    public void Update_EqualVerdicts_TheHighestStepDecides()
    {
        BudgetRig rig = Month([Step(0.9, _warn), Step(0.5, _warn), Step(0.95, _warn), Step(0.95, _warn)]).Tick(_minute, 960);
        Assert.Equal(2, rig.Assessor.Decision.Index);
    }

    [Fact]
    public void Update_BetweenTripAndClear_StaysAndThenIsLiftedAfterItsDwell()
    {
        LadderStep step = Step(0.9, _degrade, clear: 0.5, dwell: TimeSpan.FromMinutes(10));
        BudgetRig rig = new(Budget(Rolling(TimeSpan.FromMinutes(5)), [step]), _start);
        Assert.Equal(Verdict.Degrade, rig.Tick(_minute, 900).Assessor.Verdict);

        // 600 is below 900 and not below 500.
        Assert.Equal(Verdict.Degrade, rig.Tick(TimeSpan.FromMinutes(10), 600).Assessor.Verdict);
        Assert.Equal(Verdict.Allow, rig.Tick(TimeSpan.FromMinutes(5)).Assessor.Verdict);

        // Tripped again; the level is low at once, the dwell is not over.
        Assert.Equal(Verdict.Degrade, rig.Tick(_minute, 900).Assessor.Verdict);
        Assert.Equal(Verdict.Degrade, rig.Tick(TimeSpan.FromMinutes(9.99)).Assessor.Verdict);
        Assert.Equal(Verdict.Allow, rig.Tick(TimeSpan.FromMinutes(0.01)).Assessor.Verdict);
    }

    [Fact]
    public void Update_NewPeriod_DwellDoesNotOutliveIt()
    {
        BudgetRig rig = Month([Step(0.9, _deny, dwell: TimeSpan.FromDays(60))]).Tick(_minute, 950);
        Assert.Equal(Verdict.Deny, rig.Assessor.Verdict);
        Assert.Equal(Verdict.Allow, rig.Tick(TimeSpan.FromDays(30)).Assessor.Verdict);
    }

    [Theory]
    [InlineData(0.0099, Verdict.Deny, false)]
    [InlineData(0.0101, Verdict.Warn, true)]
    [InlineData(1.0, Verdict.Warn, true)]
    public void Update_LowTier_AStepThatNeedsBetterOnlyWarns(double modelled, Verdict verdict, bool downgraded)
    {
        BudgetRig rig = Month([Step(1, _deny, minTier: MeasurementTier.Measured)]);
        rig.Modelled = modelled;
        rig.Tick(_minute, 1000);
        Assert.Equal((verdict, downgraded), (rig.Assessor.Verdict, rig.Assessor.DowngradedByTier));
        rig.Modelled = 0;
        Assert.True(rig.Tick(_minute).Assessor.Changed == downgraded);
        Assert.Equal((Verdict.Deny, false), (rig.Assessor.Verdict, rig.Assessor.DowngradedByTier));
    }

    [Fact]
    public void Update_LowTier_AStepThatTakesAnyStillCounts()
    {
        BudgetRig rig = Month([Step(0.9, _degrade, minTier: MeasurementTier.Modelled), Step(1, _deny, minTier: MeasurementTier.Measured)]);
        rig.Modelled = 1;
        rig.Tick(_minute, 1000);
        Assert.Equal((Verdict.Degrade, 0, true), (rig.Assessor.Verdict, rig.Assessor.Decision.Index, rig.Assessor.DowngradedByTier));
    }

    [Fact]
    public void Decide_ExemptPriority_StepsThatExemptItAreLeftOut()
    {
        BudgetRig rig = Month([Step(0.8, _warn), Step(1, _deny, exempt: ["critical"])]).Tick(_minute, 1000);
        Assert.Equal(Verdict.Warn, rig.Assessor.Decide("critical").Verdict);
        Assert.Equal(Verdict.Deny, rig.Assessor.Decide("Critical").Verdict);
        Assert.Equal(Verdict.Deny, rig.Assessor.Decide(null).Verdict);
    }

    [Theory]
    [InlineData(BudgetWindowType.Calendar)]
    [InlineData(BudgetWindowType.Rolling)]
    public void Update_PerInference_TheMeanIsHeldAgainstTheLimit(BudgetWindowType type)
    {
        BudgetWindow window = type == BudgetWindowType.Calendar ? Zones.Window(CalendarUnit.Day) : Rolling(TimeSpan.FromDays(1));
        BudgetRig rig = new(Budget(window, [Step(1, _warn), Step(1, _deny, on: LadderMeasure.Forecast)], BudgetKind.EnergyPerInference), _start) { Limit = 2.5 };
        rig.Tick(_minute, 0, requests: 0);
        Assert.Equal((Verdict.Allow, true, true), (rig.Assessor.Verdict, double.IsNaN(rig.Assessor.Value), double.IsNaN(rig.Assessor.Forecast)));
        Assert.Equal(Verdict.Allow, rig.Tick(_minute, 240, 100).Assessor.Verdict);
        Assert.Equal((2.4, 0.96), (rig.Assessor.Value, rig.Assessor.Fraction));
        Assert.Equal(Verdict.Deny, rig.Tick(_minute, 260, 100).Assessor.Verdict);
        Assert.Equal(2.5, rig.Assessor.Forecast);
    }

    [Fact]
    public void Update_LimitOfZero_IsReachedAtOnce()
    {
        BudgetRig rig = Month([Step(1, _deny)]);
        rig.Limit = 0;
        Assert.Equal((Verdict.Deny, 0.0), (rig.Tick(_minute).Assessor.Verdict, rig.Assessor.Fraction));
        Assert.Equal(double.PositiveInfinity, rig.Tick(_minute, 1).Assessor.Fraction);
    }

    [Fact]
    public void Update_ClockGoesBackIntoTheLastPeriod_StepsAreLifted()
    {
        var window = Zones.Window(CalendarUnit.Hour);
        var assessor = new BudgetAssessor(Budget(window, [Step(1, _deny)], burn: [new BurnRule { Long = TimeSpan.FromHours(1), Short = _minute, Factor = 5, Action = _warn }]));
        long hour = TimeSpan.TicksPerHour, at = _start.Ticks;
        assessor.Update(Figures(at + (hour / 2), at, 500));
        assessor.Update(Figures(at + hour, at + hour, 1000));
        Assert.Equal(Verdict.Deny, assessor.Verdict);
        assessor.Update(Figures(at + hour - 1, at, 500));
        Assert.Equal(Verdict.Allow, assessor.Verdict);
        assessor.Update(Figures(at + hour + 1, at + hour, 1000));

        // 1000 in half an hour and a tick: twice the pace. What the hour gone back to had spent was counted when it was.
        Assert.Equal(2, assessor.BurnRate(0, isLong: true), 0.001);

        static BudgetFigures Figures(long now, long start, double spent) => new()
        {
            UtcTicks = now,
            PeriodStartTicks = start,
            PeriodEndTicks = start + TimeSpan.TicksPerHour,
            Limit = 1000,
            Spent = spent,
            Charged = double.NaN,
        };
    }

    [Fact]
    public void Update_Warm_AllocatesNothing()
    {
        BurnRule burn = new() { Long = TimeSpan.FromHours(1), Short = TimeSpan.FromMinutes(5), Factor = 14.4, Action = _warn };
        BudgetRig rig = new(Budget(Rolling(TimeSpan.FromHours(1)), [Step(0.9, _degrade, 0.8, _minute), Step(1, _deny, on: LadderMeasure.Forecast)], burn: [burn]), _start);
        for (int i = 0; i < 100; i++) rig.Tick(_minute, 30);
        BudgetFigures figures = rig.Figures();
        long wait = 0;
        AllocationAssert.Zero(() =>
        {
            for (int i = 1; i < 1000; i++)
            {
                var next = new BudgetFigures
                {
                    UtcTicks = figures.UtcTicks + (i * TimeSpan.TicksPerMinute),
                    PeriodStartTicks = figures.PeriodStartTicks + (i * TimeSpan.TicksPerMinute),
                    PeriodEndTicks = figures.PeriodEndTicks + (i * TimeSpan.TicksPerMinute),
                    Limit = 1000,
                    Spent = i % 1200,
                    Charged = figures.Charged + i,
                    Requests = figures.Requests + i,
                };
                rig.Assessor.Update(next);
                wait += rig.Assessor.RetryAfter(next.UtcTicks).Ticks;
                rig.Assessor.Decide("critical");
            }
        });
        Assert.True(wait > 0);
    }

    [Fact]
    public void Update_AThousandAccounts_EachKeepsItsOwnState()
    {
        BudgetRig[] rigs = [.. Enumerable.Range(0, 1000).Select(static i => Month([Step(0.5, _warn), Step(1, _deny)]))];
        for (int tick = 0; tick < 10; tick++)
        {
            for (int i = 0; i < rigs.Length; i++) rigs[i].Tick(_minute, i / 5.0);
        }

        // After ten ticks account i has spent 2 i of 1000.
        for (int i = 0; i < rigs.Length; i++)
            Assert.Equal(rigs[i].Spent >= 1000 ? Verdict.Deny : rigs[i].Spent >= 500 ? Verdict.Warn : Verdict.Allow, rigs[i].Assessor.Verdict);
        Assert.InRange(rigs.Count(static rig => rig.Assessor.Verdict == Verdict.Deny), 498, 502);
    }

    internal static LadderStep Step(
        double at,
        BudgetAction action,
        double? clear = null,
        TimeSpan dwell = default,
        LadderMeasure on = LadderMeasure.Actual,
        MeasurementTier? minTier = null,
        string[]? exempt = null) =>
        new() { At = at, On = on, Clear = clear, Dwell = dwell, Action = action, MinTier = minTier, ExemptPriorities = exempt ?? [] };

    internal static BudgetWindow Rolling(TimeSpan length) => new() { Type = BudgetWindowType.Rolling, Length = length };

    internal static BudgetDefinition Budget(BudgetWindow window, LadderStep[] ladder, BudgetKind kind = BudgetKind.Emissions, BurnRule[]? burn = null) =>
        new() { Id = "b", Kind = kind, LimitMicrounits = 1000, Window = window, Ladder = ladder, Burn = burn ?? [] };

    private static BudgetRig Month(LadderStep[] ladder) => new(Budget(Zones.Window(CalendarUnit.Month), ladder), _start);

    private static (Verdict Verdict, BudgetRuleKind Kind, bool Changed) Said(BudgetRig rig) =>
        (rig.Assessor.Verdict, rig.Assessor.Decision.Kind, rig.Assessor.Changed);
}
