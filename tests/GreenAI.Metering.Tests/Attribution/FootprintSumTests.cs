namespace GreenAI.Metering.Tests;

public sealed class FootprintSumTests
{
    private static readonly PowerDevice _machine = FakePowerSource.Cpu(idle: Power.Zero);

    [Fact]
    public void Plus_OfTwoInferences_AddsEnergyGramsTimesAndUnits()
    {
        (InferenceFootprint a, InferenceFootprint b) = Two(new CarbonOptions { GramsPerKilowattHour = 400, Source = "test", Pue = 1 });
        InferenceFootprint sum = a.Plus(b);
        Assert.Equal(a.Marginal!.Value.Joules + b.Marginal!.Value.Joules, sum.Marginal!.Value.Joules, 3e-6);
        Assert.Equal(a.WithIdle!.Value.Joules + b.WithIdle!.Value.Joules, sum.WithIdle!.Value.Joules, 6e-6);
        Assert.Equal(a.MarginalGramsCO2e!.Value + b.MarginalGramsCO2e!.Value, sum.MarginalGramsCO2e!.Value, 1e-12);
        Assert.Equal(a.ActiveTime + b.ActiveTime, sum.ActiveTime);
        Assert.Equal(5, sum.Units);
        Assert.Equal(("a", a.Outcome, FootprintStage.Provisional), (sum.Model.Name, sum.Outcome, sum.Stage));
        Assert.InRange(sum.Uncertainty!.Value.Above, Math.Min(a.Uncertainty!.Value.Above, b.Uncertainty!.Value.Above), Math.Max(a.Uncertainty!.Value.Above, b.Uncertainty!.Value.Above));
        Assert.Equal(a.UpperBound.Joules + b.UpperBound.Joules, sum.UpperBound.Joules, 1e-5);
    }

    [Fact]
    public void Plus_None_ChangesNothing()
    {
        (InferenceFootprint a, _) = Two(new CarbonOptions());
        Assert.Equal(a, a.Plus(InferenceFootprint.None));
        Assert.Equal(a, InferenceFootprint.None.Plus(a));
        Assert.Equal(FootprintStage.None, InferenceFootprint.None.Plus(InferenceFootprint.None).Stage);
    }

    [Fact]
    public void Plus_APartWithoutAFigure_HasNone_ForItsReason()
    {
        (InferenceFootprint a, _) = Two(new CarbonOptions());
        using MeterRig rig = new(_machine);
        InferenceFootprint unknown = rig.Meter.Begin("new").Complete();
        Assert.Equal(UnavailableReason.NotLearned, unknown.Reason);
        foreach (InferenceFootprint sum in new[] { a.Plus(unknown), unknown.Plus(a) })
        {
            Assert.Equal((UnavailableReason.NotLearned, MeasurementTier.Unavailable), (sum.Reason, sum.Tier));
            Assert.Null(sum.Marginal);
        }
    }

    [Fact]
    public void Plus_APartBelowTheResolution_IsAddedAsWhatItIs()
    {
        (InferenceFootprint a, InferenceFootprint b) = Two(new CarbonOptions());
        InferenceFootprint tiny = b with { Marginals = 0.6, Reason = UnavailableReason.BelowResolution, Tier = MeasurementTier.Unavailable };
        InferenceFootprint sum = a.Plus(tiny);
        Assert.Equal(a.Marginals + 0.6, sum.Marginals, 1e-6);
        Assert.Equal((UnavailableReason.None, a.Tier), (sum.Reason, sum.Tier));
        Assert.Equal(UnavailableReason.None, tiny.Plus(tiny).Reason);
        Assert.Equal(UnavailableReason.BelowResolution, (tiny with { Marginals = 0.1 }).Plus(tiny with { Marginals = 0.2 }).Reason);
    }

    [Fact]
    public void Plus_APartWithoutAFactor_HasNoGrams()
    {
        (InferenceFootprint priced, _) = Two(new CarbonOptions { GramsPerKilowattHour = 400, Source = "test", Pue = 1 });
        (InferenceFootprint unpriced, _) = Two(new CarbonOptions());
        Assert.Null(priced.Plus(unpriced).MarginalGramsCO2e);
        Assert.NotNull(priced.Plus(unpriced).Marginal);
    }

    private static (InferenceFootprint A, InferenceFootprint B) Two(CarbonOptions carbon)
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { Carbon = carbon }, _machine);
        foreach (string model in new[] { "a", "b" })
        {
            InferenceScope teacher = rig.Meter.Begin(model);
            rig.Run(10, 30);
            teacher.Complete();
            rig.Settle();
        }

        InferenceScope a = rig.Meter.Begin("a");
        rig.Run(0.5, 30);
        InferenceFootprint first = a.Complete(units: 2);
        InferenceScope b = rig.Meter.Begin("b");
        rig.Run(0.25, 30);
        return (first, b.Complete(units: 3));
    }
}
