namespace GreenAI.Metering.Tests.Carbon;

/// <summary>A factor applies to the energy of its own time.</summary>
public sealed class HourlyFactorTests
{
    private const double Pue = 1.25;

    // Dirty at night, and then the load is high: a mean of factors times a mean of watts is far off.
    private static double Grams(int hour) => hour is < 6 or >= 18 ? 500 : 100;

    private static double Watts(int hour) => hour is < 6 or >= 18 ? 90 : 10;

    [Fact]
    public void Day_HourlyFactor_GivesTheSumOfItsHours_NotMeanTimesMean()
    {
        DateTimeOffset now = default;
        using MeterRig rig = new(
            CarbonRigs.LiveOnly(Pue), CarbonRigs.Provider(() => ScriptedCarbonProvider.Hour(now, Grams(now.Hour))), CarbonRigs.Plain());
        double exact = 0;
        for (int hour = 0; hour < 24; hour++)
        {
            now = rig.Time.GetUtcNow();
            rig.AskCarbon();
            for (int minute = 0; minute < 60; minute++)
            {
                InferenceScope scope = rig.Meter.Begin("m");
                rig.Run(30, Watts(hour));
                scope.Complete();
                rig.Settle();
                rig.Run(30, Watts(hour));
                rig.Meter.Engine.CloseNow(closeStandstill: true);
            }

            exact += Watts(hour) / 1000 * Grams(hour) * Pue;
        }

        EnergyTotals totals = rig.Settle();
        double meanTimesMean = totals.Total.KilowattHours * Enumerable.Range(0, 24).Average(Grams) * Pue;
        double booked = totals.Carbon.Operational!.Value.GramsCO2e;
        Assert.Equal(exact, booked, 1e-4);
        Assert.True(Math.Abs(meanTimesMean - booked) > 0.1 * booked, $"{meanTimesMean} g by means, {booked} g by hours.");
        Assert.Equal(1, totals.Carbon.PricedShare);
        Assert.Equal(0, totals.Carbon.FallbackShare);
        Assert.Equal(24, totals.Carbon.Factors.Count);
        Assert.All(totals.Carbon.Factors, use => Assert.Equal(TimeSpan.FromHours(1), use.To - use.From));
        Assert.All(totals.Carbon.Factors, use => Assert.Equal(Watts(use.From.Hour) / 1000, use.Energy.KilowattHours, 1e-9));
        Assert.Equal(totals.Total.Microjoules, totals.Carbon.Factors.Sum(use => use.Energy.Microjoules));
        Assert.Equal(booked * 1e6, totals.Carbon.Factors.Sum(use => use.Operational.Micrograms), 30.0);
        Assert.Equal(0.5, totals.Carbon.Model("m")!.Operational!.Value.GramsCO2e / booked, 1e-6);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(59)]
    public void IntervalAcrossAChange_IsPricedByItsPartsOfTime(int minutes)
    {
        DateTimeOffset start = default;
        using MeterRig rig = new(
            CarbonRigs.LiveOnly(),
            CarbonRigs.Provider(() => CarbonIntensityAnswer.Of(
                CarbonRigs.Factor(200, start, start.AddHours(1)), CarbonRigs.Factor(600, start.AddHours(1), start.AddHours(2)))),
            CarbonRigs.Plain());
        start = rig.Time.GetUtcNow();
        rig.AskCarbon();
        rig.Run(60 * minutes, 100);
        rig.Settle();
        // One interval of an hour, with one part of it before the change.
        rig.Run(3600, 100);
        CarbonTotals carbon = rig.Settle().Carbon;
        double expected = 0.1 * ((200 * 1) + (600 * minutes / 60.0));
        Assert.Equal(expected, carbon.Operational!.Value.GramsCO2e, 1e-5);
        Assert.Equal([20.0, 0.1 * 600 * minutes / 60], carbon.Factors.Select(use => Math.Round(use.Operational.GramsCO2e, 4)));
        Assert.Equal([start.AddHours(1), start.AddHours(1).AddMinutes(minutes)], carbon.Factors.Select(use => use.To));
        Assert.Equal(600, carbon.CurrentFactor!.Intensity.GramsPerKilowattHour);
    }

    [Fact]
    public void Devices_WithIntervalsOfTheirOwn_ArePricedByTheirOwnTimes()
    {
        DateTimeOffset start = default;
        using MeterRig rig = new(
            CarbonRigs.LiveOnly(),
            CarbonRigs.Provider(() => CarbonIntensityAnswer.Of(
                CarbonRigs.Factor(100, start, start.AddHours(1)), CarbonRigs.Factor(1000, start.AddHours(1), start.AddHours(2)))),
            CarbonRigs.Plain("fake:a"),
            CarbonRigs.Plain("fake:b"));
        start = rig.Time.GetUtcNow();
        rig.AskCarbon();
        rig.Settle();
        // b cannot be read until after the change: its one interval is bridged, and has both factors.
        rig.Source[1].Fault = SampleFault.InputOutput;
        rig.Run(3600, 100);
        rig.Settle();
        rig.Source[1].Fault = SampleFault.None;
        rig.Run(3600, 100);
        CarbonTotals carbon = rig.Settle().Carbon;
        double a = 0.1 * (100 + 1000);
        Assert.Equal(a * 2, carbon.Operational!.Value.GramsCO2e, 1e-4);
        Assert.Equal([0.2 * 100, 0.2 * 1000], carbon.Factors.Select(use => Math.Round(use.Operational.GramsCO2e, 4)));
    }
}
