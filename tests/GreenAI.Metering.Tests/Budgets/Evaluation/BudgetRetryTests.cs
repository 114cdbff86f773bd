namespace GreenAI.Metering.Tests;

public class BudgetRetryTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private static readonly BudgetAction _deny = new() { Verdict = Verdict.Deny };

    [Fact]
    public void RetryAfter_Calendar_IsTheEndOfThePeriod()
    {
        BudgetRig rig = Rig(Zones.Window(CalendarUnit.Hour), BudgetAssessorTests.Step(1, _deny));
        Assert.Equal(TimeSpan.Zero, Retry(rig.Tick(10 * _minute, 999)));
        Assert.Equal(49 * _minute, Retry(rig.Tick(_minute, 1)));
        Assert.Equal(TimeSpan.Zero, rig.Assessor.RetryAfter(rig.Now.AddHours(2).Ticks));
    }

    [Fact]
    public void RetryAfter_Delay_IsWhatItStates()
    {
        BudgetRig rig = Rig(Zones.Window(CalendarUnit.Hour), BudgetAssessorTests.Step(1, new BudgetAction { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromSeconds(7) }));
        Assert.Equal(TimeSpan.FromSeconds(7), Retry(rig.Tick(_minute, 1000)));
    }

    [Fact]
    public void RetryAfter_Rolling_IsWhenEnoughHasLeft()
    {
        BudgetRig rig = Rig(BudgetAssessorTests.Rolling(TimeSpan.FromHours(1)), BudgetAssessorTests.Step(1, _deny, clear: 0.8));
        rig.Tick(_minute);
        for (int i = 0; i < 10; i++) rig.Tick(_minute, 100);
        TimeSpan wait = Retry(rig);

        // 200 must leave and a little more: what was spent in the third minute.
        Assert.InRange(wait, 53 * _minute, 54 * _minute);
        Assert.Equal(Verdict.Deny, rig.Tick(wait - (2 * _minute)).Assessor.Verdict);
        Assert.Equal(Verdict.Allow, rig.Tick(2 * _minute).Assessor.Verdict);
    }

    [Fact]
    public void RetryAfter_RollingAndNotSeenWhenItWasSpent_IsTheWholeLength()
    {
        var assessor = new BudgetAssessor(BudgetAssessorTests.Budget(BudgetAssessorTests.Rolling(TimeSpan.FromHours(1)), [BudgetAssessorTests.Step(1, _deny)]));
        long now = _start.Ticks;
        assessor.Update(new BudgetFigures { UtcTicks = now, PeriodStartTicks = now - TimeSpan.TicksPerHour, PeriodEndTicks = now, Limit = 1000, Spent = 1500, Charged = 1500 });
        Assert.InRange(assessor.RetryAfter(now), TimeSpan.FromHours(1), TimeSpan.FromMinutes(61));
    }

    [Fact]
    public void RetryAfter_RollingAndAboutToLeave_IsABucketAtLeast()
    {
        BudgetRig rig = Rig(BudgetAssessorTests.Rolling(TimeSpan.FromHours(1)), BudgetAssessorTests.Step(1, _deny));
        rig.Tick(_minute).Tick(_minute, 1000).Tick(59.9 * _minute);
        Assert.Equal(Verdict.Deny, rig.Assessor.Verdict);
        Assert.InRange(Retry(rig), _minute, 2 * _minute);
    }

    [Fact]
    public void RetryAfter_Dwell_IsNotBeforeItIsOver()
    {
        BudgetRig rig = Rig(BudgetAssessorTests.Rolling(_minute), BudgetAssessorTests.Step(1, _deny, dwell: TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromHours(2), Retry(rig.Tick(_minute, 1000)));
        BudgetRig calendar = Rig(Zones.Window(CalendarUnit.Hour), BudgetAssessorTests.Step(1, _deny, dwell: TimeSpan.FromHours(2)));
        Assert.Equal(59 * _minute, Retry(calendar.Tick(_minute, 1000)));
    }

    [Fact]
    public void RetryAfter_Forecast_IsItsLookBack()
    {
        BudgetRig rig = Rig(Zones.Window(CalendarUnit.Day), BudgetAssessorTests.Step(1, _deny, on: LadderMeasure.Forecast));
        for (int i = 0; i < 20; i++) rig.Tick(_minute, 1);
        Assert.Equal((Verdict.Deny, TimeSpan.FromHours(2.4)), (rig.Assessor.Verdict, Retry(rig)));
    }

    [Fact]
    public void RetryAfter_Burn_IsItsShortTime()
    {
        var rule = new BurnRule { Long = TimeSpan.FromHours(1), Short = 5 * _minute, Factor = 2, Action = _deny };
        BudgetRig rig = new(BudgetAssessorTests.Budget(Zones.Window(CalendarUnit.Day), [], burn: [rule]), _start);
        for (int i = 0; i < 20; i++) rig.Tick(_minute, 10);
        Assert.Equal((Verdict.Deny, 5 * _minute), (rig.Assessor.Verdict, Retry(rig)));
    }

    [Fact]
    public void RetryAfter_Lifetime_IsNever()
    {
        BudgetRig rig = Rig(new BudgetWindow { Type = BudgetWindowType.Lifetime }, BudgetAssessorTests.Step(1, _deny));
        Assert.Equal(TimeSpan.MaxValue, Retry(rig.Tick(_minute, 1000)));
    }

    private static TimeSpan Retry(BudgetRig rig) => rig.Assessor.RetryAfter(rig.Now.Ticks);

    private static BudgetRig Rig(BudgetWindow window, params LadderStep[] ladder) => new(BudgetAssessorTests.Budget(window, ladder), _start);
}
