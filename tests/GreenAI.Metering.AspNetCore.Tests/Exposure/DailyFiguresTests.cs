#pragma warning disable GAIM0001
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

public sealed class DailyFiguresTests
{
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Get_OnTheDayOfTheStartAndTheNext_KnowsNothing()
    {
        using ScalingRig rig = Rig();
        using var figures = new DailyFigures(rig.Meter, _time);
        rig.Run(TimeSpan.FromHours(5), _step);
        Assert.Null(figures.Get());
        // The 28th: the 27th was not seen from its beginning.
        rig.Run(TimeSpan.FromHours(20), _step);
        Assert.Null(figures.Get());
    }

    [Fact]
    public void Get_AfterADaySeenFromEndToEnd_IsItsEnergyAndItsGrams()
    {
        using ScalingRig rig = Rig();
        using var figures = new DailyFigures(rig.Meter, _time);
        rig.Run(TimeSpan.FromHours(6 + 24 + 1), _step);
        SustainabilityFigures day = figures.Get()!;
        Assert.Equal("2026-11-28", day.ReportingPeriod);
        Assert.Equal(20 * 24 / 1000d, day.Energy!.Value.KilowattHours, 4);
        Assert.Equal(20 * 24 / 1000d * 400, day.Scope2!.Value.GramsCO2e, 1);
        Assert.Equal((CarbonMethod.LocationBased, day.Scope2), (day.Accounting, day.CarbonFootprint));
        Assert.Null(day.Scope3);
    }

    [Fact]
    public void Get_MostOfTheDayWasNotRead_KnowsNothing()
    {
        using ScalingRig rig = Rig();
        using var figures = new DailyFigures(rig.Meter, _time);
        rig.Run(TimeSpan.FromHours(6 + 10), _step);
        rig.Board.Fails = true;
        rig.Run(TimeSpan.FromHours(4), _step);
        rig.Board.Fails = false;
        rig.Run(TimeSpan.FromHours(11), _step);
        Assert.Null(figures.Get());
    }

    [Fact]
    public void Get_TheHostSleptOverMidnight_KnowsNothingOfThatDay()
    {
        using ScalingRig rig = Rig();
        using var figures = new DailyFigures(rig.Meter, _time);
        rig.Run(TimeSpan.FromHours(6 + 23), _step);
        _time.Advance(TimeSpan.FromHours(3));
        rig.Run(TimeSpan.FromHours(1), _step);
        Assert.Null(figures.Get());
    }

    private ScalingRig Rig() => new(_time, new GreenAIMeteringOptions
    {
        SamplingInterval = _step,
        Carbon = new CarbonOptions { GramsPerKilowattHour = 400, Source = "test", Pue = 1 },
    });
}
