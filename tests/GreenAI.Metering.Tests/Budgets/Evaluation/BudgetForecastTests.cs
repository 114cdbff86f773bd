namespace GreenAI.Metering.Tests;

public class BudgetForecastTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private static readonly BudgetAction _warn = new() { Verdict = Verdict.Warn };

    [Fact]
    public void Forecast_YoungPeriod_IsUndefinedBeforeOnePercentThenByItsOwnMean()
    {
        // 1 % of a day is 14.4 minutes.
        BudgetRig rig = Rig(Zones.Window(CalendarUnit.Day));
        for (int i = 0; i < 14; i++) Assert.True(double.IsNaN(rig.Tick(_minute, 1).Assessor.Forecast));
        Assert.Equal(1440, rig.Tick(_minute, 1).Assessor.Forecast, 1e-6);
        Assert.Equal(15 * 1440 / 30.0, rig.Tick(15 * _minute).Assessor.Forecast, 1e-6);
    }

    [Fact]
    public void Forecast_NothingSpent_IsNothing() => Assert.Equal(0, Rig(Zones.Window(CalendarUnit.Day)).Tick(15 * _minute).Assessor.Forecast);

    [Fact]
    public void Forecast_LimitReachedBeforeOnePercent_IsWhatIsSpent()
    {
        BudgetRig rig = Rig(Zones.Window(CalendarUnit.Month), BudgetAssessorTests.Step(1, _warn, on: LadderMeasure.Forecast));
        Assert.Equal((1200.0, Verdict.Warn), (rig.Tick(_minute, 1200).Assessor.Forecast, rig.Assessor.Verdict));
    }

    [Fact]
    public void Forecast_LaterInThePeriod_FollowsThePaceOfTheLastTenth()
    {
        // Ten hours at 1 a minute, then at 3: after a look-back of 2.4 hours (and a bucket) only the new pace counts.
        BudgetRig rig = Rig(Zones.Window(CalendarUnit.Day));
        for (int i = 0; i < 600; i++) rig.Tick(_minute, 1e6);
        Assert.Equal(1440e6, rig.Assessor.Forecast, 10.0);
        for (int i = 0; i < 150; i++) rig.Tick(_minute, 3e6);
        Assert.Equal((600 + 450 + (3 * (1440 - 750))) * 1e6, rig.Assessor.Forecast, 10.0);
    }

    [Fact]
    public void Forecast_AfterARestart_IsByThePeriodsMeanUntilTheLookBackIsSeen()
    {
        var assessor = new BudgetAssessor(BudgetAssessorTests.Budget(Zones.Window(CalendarUnit.Day), []));
        BudgetFigures At(double minute, double spent) => new()
        {
            UtcTicks = _start.Ticks + TimeSpan.FromMinutes(minute).Ticks,
            PeriodStartTicks = _start.Ticks,
            PeriodEndTicks = _start.AddDays(1).Ticks,
            Limit = 5000,
            Spent = spent,
            Charged = double.NaN,
        };
        assessor.Update(At(720, 720));
        Assert.Equal(1440, assessor.Forecast, 1e-6);
        assessor.Update(At(721, 730));
        Assert.Equal(730 / 721.0 * 1440, assessor.Forecast, 1e-6);
        for (int i = 2; i <= 144; i++) assessor.Update(At(720 + i, 720 + (10 * i)));
        Assert.Equal(720 + 1440 + (10 * (1440 - 864)), assessor.Forecast, 1e-6);
    }

    [Fact]
    public void Forecast_EndOfThePeriod_IsWhatIsSpent()
    {
        BudgetRig rig = Rig(Zones.Window(CalendarUnit.Hour));
        for (int i = 0; i < 59; i++) rig.Tick(_minute, 7);
        rig.Tick(TimeSpan.FromTicks(_minute.Ticks - 1), 7);
        Assert.Equal(rig.Spent, rig.Assessor.Forecast, 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forecast_Rolling_IsThePaceOverTheLength(bool tellsCharged)
    {
        BudgetRig rig = new(BudgetAssessorTests.Budget(BudgetAssessorTests.Rolling(TimeSpan.FromHours(1)), []), _start) { TellsCharged = tellsCharged };
        Assert.True(double.IsNaN(rig.Tick(TimeSpan.FromSeconds(1)).Assessor.Forecast));
        for (int i = 0; i < 59; i++) rig.Tick(TimeSpan.FromSeconds(1), 1);
        Assert.Equal(59, rig.Assessor.Forecast);
        for (int i = 0; i < 600; i++) rig.Tick(TimeSpan.FromSeconds(1), 1);
        Assert.Equal(3600, rig.Assessor.Forecast, 1e-6);
    }

    [Fact]
    public void Forecast_LifetimeAndNoEnd_IsUndefined()
    {
        BudgetRig rig = Rig(new BudgetWindow { Type = BudgetWindowType.Lifetime }, BudgetAssessorTests.Step(1, _warn, on: LadderMeasure.Forecast));
        for (int i = 0; i < 100; i++) rig.Tick(TimeSpan.FromDays(1), 50);
        Assert.True(double.IsNaN(rig.Assessor.Forecast));
        Assert.Equal((Verdict.Allow, 5.0), (rig.Assessor.Verdict, rig.Assessor.Fraction));
    }

    private static BudgetRig Rig(BudgetWindow window, params LadderStep[] ladder) => new(BudgetAssessorTests.Budget(window, ladder), _start);
}
