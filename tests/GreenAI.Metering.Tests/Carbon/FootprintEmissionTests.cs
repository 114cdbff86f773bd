namespace GreenAI.Metering.Tests.Carbon;

/// <summary>What one inference emitted.</summary>
public sealed class FootprintEmissionTests
{
    [Fact]
    public void Final_IsMarginalEnergyTimesFactorTimesPue()
    {
        using MeterRig rig = new(CarbonRigs.Constant(400, 1.2), CarbonRigs.Plain(idleWatts: 10));
        using InstrumentProbe probe = new(rig.Meters);
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(10, 100);
        scope.Complete();
        rig.Settle();
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal(900, final.Marginal!.Value.Joules, 1e-6);
        Assert.Equal(900 / 3.6e6 * 400 * 1.2, final.MarginalEmissions!.Value.GramsCO2e, 1e-6);
        Assert.Equal(1000 / 3.6e6 * 400 * 1.2, final.EmissionsWithIdle!.Value.GramsCO2e, 1e-6);
        Assert.Equal(final.MarginalEmissions.Value.GramsCO2e, final.MarginalGramsCO2e!.Value, 1e-6);
        Assert.Equal(final.MarginalGramsCO2e.Value, Assert.Single(probe.Recorded(InstrumentNames.InferenceEmissions)).Value, 1e-12);
    }

    [Fact]
    public void TinyInference_KeepsItsFractionOfAMicrogram()
    {
        using MeterRig rig = new(CarbonRigs.Constant(), CarbonRigs.Plain());
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.0001, 10);
        scope.Complete();
        rig.Settle();
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.Equal(0.001 / 3.6e6 * 400, final.MarginalGramsCO2e!.Value, 1e-12);
        Assert.Equal(CarbonMass.Zero, final.MarginalEmissions);
    }

    [Fact]
    public void AcrossAChange_EachPartOfItsTimeCounts_NotThatOfTheClose()
    {
        DateTimeOffset start = default;
        using MeterRig rig = new(
            CarbonRigs.LiveOnly(),
            CarbonRigs.Provider(() => CarbonIntensityAnswer.Of(
                CarbonRigs.Factor(100, start, start.AddSeconds(100)), CarbonRigs.Factor(900, start.AddSeconds(100), start.AddHours(1)))),
            CarbonRigs.Plain());
        start = rig.Time.GetUtcNow();
        rig.AskCarbon();
        rig.Settle();
        InferenceScope before = rig.Meter.Begin("before");
        rig.Run(90, 100);
        before.Complete();
        InferenceScope across = rig.Meter.Begin("across");
        rig.Run(20, 100);
        across.Complete();
        InferenceScope after = rig.Meter.Begin("after");
        rig.Run(90, 100);
        after.Complete();
        rig.Settle();
        double[] prices = [.. rig.Finish().OrderBy(final => final.Model.Name == "before" ? 0 : final.Model.Name == "across" ? 1 : 2)
            .Select(final => final.MarginalGramsCO2e!.Value / final.Marginal!.Value.KilowattHours)];
        Assert.Equal(100, prices[0], 1e-6);
        Assert.Equal(500, prices[1], 1e-6);
        Assert.Equal(900, prices[2], 1e-6);
    }

    [Fact]
    public void Unpriced_IsNull_AndMostlyPriced_IsTheMeanOfThePricedPart()
    {
        DateTimeOffset start = default;
        GreenAIMeteringOptions options = CarbonRigs.LiveOnly();
        options.Carbon.HoldFor = TimeSpan.Zero;
        using MeterRig rig = new(options, CarbonRigs.Provider(() => CarbonIntensityAnswer.Of(CarbonRigs.Factor(100, start, start.AddSeconds(100)))), CarbonRigs.Plain());
        start = rig.Time.GetUtcNow();
        rig.AskCarbon();
        rig.Settle();
        InferenceScope mostly = rig.Meter.Begin("mostly");
        rig.Run(60, 100);
        InferenceScope half = rig.Meter.Begin("half");
        rig.Run(42, 100);
        mostly.Complete();
        rig.Run(38, 100);
        half.Complete();
        InferenceFootprint provisional = rig.Meter.Begin("late").Complete();
        rig.Settle();
        Assert.Null(rig.Meter.Begin("late").Complete().MarginalEmissions);
        Assert.Null(provisional.MarginalEmissions);
        IReadOnlyList<InferenceFootprint> finals = rig.Finish();
        InferenceFootprint priced = finals.Single(final => final.Model.Name == "mostly");
        Assert.Equal(100, priced.MarginalGramsCO2e!.Value / priced.Marginal!.Value.KilowattHours, 1e-6);
        InferenceFootprint unpriced = finals.Single(final => final.Model.Name == "half");
        Assert.True(unpriced.Marginal > Energy.Zero, "The energy is known.");
        Assert.Null(unpriced.MarginalEmissions);
        Assert.Null(unpriced.MarginalGramsCO2e);
    }

    [Fact]
    public void Provisional_IsLearnedWattsAtTheLatestFactor()
    {
        DateTimeOffset now = default;
        double grams = 100;
        using MeterRig rig = new(CarbonRigs.LiveOnly(2), CarbonRigs.Provider(() => CarbonIntensityAnswer.Of(CarbonRigs.Factor(grams, now, now.AddHours(1)))), CarbonRigs.Plain());
        now = rig.Time.GetUtcNow();
        rig.AskCarbon();
        for (int i = 0; i < 60; i++)
        {
            InferenceScope learned = rig.Meter.Begin("m");
            rig.Run(0.1, 20);
            learned.Complete();
            rig.Meter.Engine.Tick();
        }

        AssertPrice(200);
        now = rig.Time.GetUtcNow();
        grams = 300;
        rig.AskCarbon();
        rig.Meter.Engine.Tick();
        AssertPrice(600);

        void AssertPrice(double price)
        {
            InferenceScope scope = rig.Meter.Begin("m");
            rig.Run(1, 20);
            InferenceFootprint footprint = scope.Complete();
            Assert.Equal(FootprintStage.Provisional, footprint.Stage);
            Assert.Equal(20, footprint.Marginal!.Value.Joules, 1.0);
            Assert.Equal(price, footprint.MarginalGramsCO2e!.Value / footprint.Marginal.Value.KilowattHours, 0.01);
        }
    }

    [Fact]
    public void NoFootprint_HasNoEmissions()
    {
        foreach (InferenceFootprint nothing in (ReadOnlySpan<InferenceFootprint>)[default, InferenceFootprint.None, default(InferenceScope).Complete()])
        {
            Assert.Null(nothing.MarginalEmissions);
            Assert.Null(nothing.EmissionsWithIdle);
            Assert.Null(nothing.MarginalGramsCO2e);
        }
    }
}
