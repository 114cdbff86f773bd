using System.Globalization;

namespace GreenAI.Metering.Tests;

public class BudgetExplanationTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 30, 10, 1, 0, TimeSpan.Zero);

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private static readonly BudgetAction _degrade = new() { Verdict = Verdict.Degrade, Model = "resnet18" }, _deny = new() { Verdict = Verdict.Deny };

    [Fact]
    public void Explain_Step_HasItsFiguresAndWhenItIsLifted()
    {
        BudgetRig rig = Rig([BudgetAssessorTests.Step(0.9, _degrade, 0.85, 10 * _minute)]);
        Says(rig.Tick(_minute, 1e6), "resnet50-month: 1 g CO2e of 40 g CO2e (2.5 %) spent; window 2026-11 ends 2026-12-01T00:00:00Z.");
        Says(
            rig.Tick(TimeSpan.Zero, 35.4e6),
            "resnet50-month: 36.4 g CO2e of 40 g CO2e (91 %) spent, at or above 90 %: degrade to resnet18 until below 85 %, at least until 2026-11-30T10:12:00Z; window 2026-11 ends 2026-12-01T00:00:00Z.");
        rig.Limit = 42e6;
        Says(
            rig.Tick(10 * _minute),
            "resnet50-month: 36.4 g CO2e of 42 g CO2e (86.6 %) spent, was at or above 90 %: degrade to resnet18 until below 85 %; window 2026-11 ends 2026-12-01T00:00:00Z.");
    }

    [Fact]
    public void Explain_JustBelow_IsNotShownAsReached()
    {
        BudgetRig rig = Rig([BudgetAssessorTests.Step(1, _deny)]);
        Says(rig.Tick(_minute, 39_999_999), "resnet50-month: 40 g CO2e of 40 g CO2e (99.9 %) spent; window 2026-11 ends 2026-12-01T00:00:00Z.");
    }

    [Fact]
    public void Explain_LowTier_SaysSo()
    {
        BudgetRig rig = Rig([BudgetAssessorTests.Step(1, _deny, minTier: MeasurementTier.Measured)]);
        rig.Modelled = 0.34;
        Says(
            rig.Tick(_minute, 40e6),
            "resnet50-month: 40 g CO2e of 40 g CO2e (100 %) spent, at or above 100 %: warn until below 100 %; a stricter step only warns, since 34 % of the spend was not measured; window 2026-11 ends 2026-12-01T00:00:00Z.");
    }

    [Fact]
    public void Explain_Forecast_SaysThatItIsOne()
    {
        BudgetRig rig = Rig([BudgetAssessorTests.Step(1, new BudgetAction { Verdict = Verdict.Delay, RetryAfter = _minute }, on: LadderMeasure.Forecast)], Zones.Window(CalendarUnit.Hour));
        Says(
            rig.Tick(5 * _minute, 9e6),
            "resnet50-month: 90 g CO2e of 40 g CO2e (225 %) forecast, at or above 100 %: delay by 1 min until below 100 %; window 2026-11-30T10Z ends 2026-11-30T11:00:00Z.");
    }

    [Fact]
    public void Explain_Burn_HasBothRates()
    {
        var rule = new BurnRule { Long = TimeSpan.FromHours(1), Short = 5 * _minute, Factor = 14.4, Action = _deny };
        BudgetRig rig = new(BudgetAssessorTests.Budget(BudgetAssessorTests.Rolling(TimeSpan.FromDays(1)), [], BudgetKind.Energy, [rule]), _start) { Limit = 1440e6 };
        for (int i = 0; i < 20; i++) rig.Tick(_minute, 20e6);
        Says(
            rig,
            "b: spent 20 times as fast as its pace over 1 h and 20 times over 5 min, both at or above 14.4: deny until one is below; 400 J of 1440 J (27.7 %) spent; over the last 1 d.");
    }

    [Fact]
    public void Explain_PerInference_KeepsSmallMeans()
    {
        BudgetRig rig = new(BudgetAssessorTests.Budget(Zones.Window(CalendarUnit.Hour), [BudgetAssessorTests.Step(1, _deny)], BudgetKind.EnergyPerInference), _start) { Limit = 2.5 };
        Says(rig.Tick(_minute, 0, 0), "b: no inference yet, limit 2.5 µJ per inference; window 2026-11-30T10Z ends 2026-11-30T11:00:00Z.");
        Says(rig.Tick(_minute, 3, 2), "b: 1.5 µJ of 2.5 µJ (60 %) per inference; window 2026-11-30T10Z ends 2026-11-30T11:00:00Z.");
    }

    [Fact]
    public void Explain_Lifetime_HasNoEnd()
    {
        BudgetRig rig = Rig([BudgetAssessorTests.Step(0.5, BudgetAction.Event)], new BudgetWindow { Type = BudgetWindowType.Lifetime });
        Says(rig.Tick(_minute, 30e6), "resnet50-month: 30 g CO2e of 40 g CO2e (75 %) spent, at or above 50 %: tell observers until below 50 %; without an end.");
    }

    [Theory]
    [InlineData(0.29, "29 %")]
    [InlineData(0.001, "0.1 %")]
    [InlineData(0.00001, "0.001 %")]
    [InlineData(1, "100 %")]
    [InlineData(0.9999999, "99.9 %")]
    [InlineData(double.PositiveInfinity, "of nothing")]
    public void Percent_Share_IsCutOff(double share, string text) => Assert.Equal(text, BudgetAmountText.Percent(share));

    [Theory]
    [InlineData("1.00:00:00", "1 d")]
    [InlineData("1.12:00:00", "36 h")]
    [InlineData("00:05:00", "5 min")]
    [InlineData("00:01:30", "90 s")]
    [InlineData("00:00:00", "0 s")]
    public void Short_Length_IsInTheLargestWholeUnit(string length, string text) =>
        Assert.Equal(text, DurationText.Short(TimeSpan.Parse(length, CultureInfo.InvariantCulture)));

    private static BudgetRig Rig(LadderStep[] ladder, BudgetWindow? window = null) =>
        new(new BudgetDefinition { Id = "resnet50-month", Kind = BudgetKind.Emissions, LimitMicrounits = 40e6, Window = window ?? Zones.Window(CalendarUnit.Month), Ladder = ladder }, _start) { Limit = 40e6 };

    private static void Says(BudgetRig rig, string text) => Assert.Equal(text, rig.Assessor.Explain(rig.Period.Id));
}
