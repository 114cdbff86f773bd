using CsCheck;
using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

/// <summary>The rule of bands, against arithmetic by hand, intervals and draws.</summary>
public sealed class KpiUncertaintyTests
{
    private const double Tolerance = 1e-12;

    private static readonly Gen<KpiBand> _band = Gen.Select(Gen.Double[0, 0.9], Gen.Double[0, 3], (below, above) => new KpiBand(below, above));
    private static readonly Gen<double> _positive = Gen.Double[0.01, 1000];

    [Fact]
    public void Product_EnergyAndFactor_RootOfTheSumOfSquares()
    {
        // 5 % and 12 %: the root of 25 + 144 is 13.
        KpiCarbon carbon = KpiCarbon.OfEnergy(Measured(3.6e6, 0.05), 1, Modelled(400, 0.12));
        Assert.Equal((400, MeasurementTier.Modelled), (carbon.Grams.Value, carbon.Grams.Tier));
        Near(0.13, 0.13, carbon.Grams.Uncertainty);
    }

    [Fact]
    public void Sum_OperationalAndEmbodied_AbsoluteWidthsByRootOfSquares()
    {
        // 80 g ± 3.75 % is ± 3 g, 20 g ± 20 % is ± 4 g: together 100 g ± 5 g.
        KpiValue value = CarbonPerInference.PerCompleted(KpiCarbon.OfGrams(Measured(80, 0.0375)), Modelled(20, 0.2), 10);
        Near(0.05, 0.05, value.Uncertainty);
        Assert.Equal(MeasurementTier.Modelled, value.Tier);
    }

    [Fact]
    public void Sum_SameCounters_WidthsAdd()
    {
        KpiBand sum = KpiUncertainty.SumOfTogether(80, new KpiBand(0.05, 0.05), 20, new KpiBand(0.05, 0.1));
        Near(0.05, 0.06, sum.Uncertainty);
    }

    [Fact]
    public void Inverse_SwapsTheSides()
    {
        // −20/+25 % below the line: 1/1.25 is 20 % less, 1/0.8 is 25 % more.
        Near(0.2, 0.25, KpiUncertainty.Inverse(new KpiBand(0.2, 0.25)).Uncertainty);
        Near(0.5, 1, KpiUncertainty.Inverse(new KpiBand(0.5, 1)).Uncertainty);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void Inverse_OfWhatMayBeNothing_HasNoEnd(double below)
    {
        KpiBand band = KpiUncertainty.Inverse(new KpiBand(below, 3));
        Assert.True(band.IsUnbounded);
        Assert.Null(band.Uncertainty);
        Assert.True(KpiUncertainty.Quotient(new KpiBand(0.1, 0.1), new KpiBand(below, 3)).IsUnbounded);
    }

    [Fact]
    public void Unknown_StaysUnknown_WhateverItMeets() => _band.Sample(static band =>
    {
        Assert.Null(KpiUncertainty.Product(KpiBand.Unknown, band).Uncertainty);
        Assert.Null(KpiUncertainty.Quotient(KpiBand.Unknown, band).Uncertainty);
        Assert.Null(KpiUncertainty.Quotient(band, KpiBand.Unknown).Uncertainty);
        Assert.Null(KpiUncertainty.SumOfIndependent(1, band, 0.001, KpiBand.Unknown).Uncertainty);
        Assert.Null(KpiUncertainty.SumOfTogether(1, KpiBand.Unknown, 0.001, band).Uncertainty);
        Assert.Null(KpiUncertainty.AtMostOne(0.5, KpiBand.Unknown).Uncertainty);
        Assert.False(KpiUncertainty.Product(KpiBand.Unknown, band).IsUnbounded);
    });

    [Fact]
    public void Unknown_FactorBand_MakesTheBandOfTheIndicatorUnknown()
    {
        KpiCarbon carbon = KpiCarbon.OfEnergy(Measured(3.6e6, 0.05), 1, Doubtful(400));
        KpiValue value = CarbonPerInference.PerCompleted(carbon, Modelled(18), 1000);
        Assert.NotNull(value.Value);
        Assert.Equal((null, false), (value.Uncertainty, value.IsUnbounded));
    }

    [Fact]
    public void Part_WithoutAFactor_WidensTheBandAbove()
    {
        // A factor for 96 %: were the rest alike, the truth would be 1/0.96 of the sum, 4.17 % more.
        KpiCarbon carbon = KpiCarbon.OfPart(Measured(96, 0.05), 0.96, CarbonGap.Stale);
        Assert.Equal((KpiGap.None, CarbonGap.Stale), (carbon.Gap, carbon.CarbonGap));
        Near(0.05, 0.05 + (1 / 0.96) - 1, carbon.Grams.Uncertainty);
    }

    [Fact]
    public void Quotient_LiesBetweenItsLargestMoveAndTheInterval() =>
        Gen.Select(_band, _band).Sample(static (numerator, denominator) =>
        {
            KpiBand band = KpiUncertainty.Quotient(numerator, denominator);
            double highest = (1 + numerator.Above) / (1 - denominator.Below), denominatorDown = 1 - (1 / (1 + denominator.Above));
            Assert.InRange(band.Below, Math.Max(numerator.Below, denominatorDown) - Tolerance, Math.Min(1, numerator.Below + denominatorDown) + Tolerance);
            Assert.InRange(1 + band.Above, Math.Max(1 + numerator.Above, 1 / (1 - denominator.Below)) - Tolerance, highest + Tolerance);
        });

    [Fact]
    public void Quotient_OneDoubtfulInput_IsTheIntervalExactly() => _band.Sample(static band =>
    {
        KpiBand below = KpiUncertainty.Quotient(KpiBand.Exact, band), above = KpiUncertainty.Quotient(band, KpiBand.Exact);
        Near(1 - (1 / (1 + band.Above)), (1 / (1 - band.Below)) - 1, below.Uncertainty);
        Near(band.Below, band.Above, above.Uncertainty);
    });

    [Fact]
    public void Sum_OfIndependentParts_IsNeverWiderThanOfPartsThatErrTogether() =>
        Gen.Select(_positive, _band, _positive, _band).Sample(static (left, leftBand, right, rightBand) =>
        {
            KpiBand apart = KpiUncertainty.SumOfIndependent(left, leftBand, right, rightBand);
            KpiBand together = KpiUncertainty.SumOfTogether(left, leftBand, right, rightBand);
            // Together is the interval: both ends at once.
            Assert.Equal((left * (1 - leftBand.Below)) + (right * (1 - rightBand.Below)), (left + right) * (1 - together.Below), 1e-9);
            Assert.InRange(apart.Below, 0, together.Below + Tolerance);
            Assert.InRange(apart.Above, 0, together.Above + Tolerance);
        });

    [Fact]
    public void AtMostOne_StaysBetweenNothingAndOne() => Gen.Select(_positive, _band).Sample(static (uncut, band) =>
    {
        double value = Math.Min(1, uncut);
        RelativeUncertainty cut = KpiUncertainty.AtMostOne(uncut, band).Uncertainty!.Value;
        Assert.InRange(value * (1 + cut.Above), 0, 1 + Tolerance);
        Assert.Equal(Math.Min(1, uncut * (1 - band.Below)), value * (1 - cut.Below), 1e-9);
    });

    // Bands as two standard deviations of normal errors: what the rule states must hold 95 % of the draws, and not all.
    [Theory]
    [InlineData(0.05, 0.10)]
    [InlineData(0.10, 0.02)]
    [InlineData(0.15, 0.15)]
    public void Quotient_AgainstDraws_HoldsAsManyAsItSays(double numerator, double denominator)
    {
        KpiBand band = KpiUncertainty.Quotient(new KpiBand(numerator, numerator), new KpiBand(denominator, denominator));
        Random random = new(20031);
        int held = 0;
        const int draws = 100_000;
        for (int i = 0; i < draws; i++)
        {
            double drawn = (1 + (Normal(random) * numerator / 2)) / (1 + (Normal(random) * denominator / 2));
            if (drawn >= 1 - band.Below && drawn <= 1 + band.Above) held++;
        }

        Assert.InRange((double)held / draws, 0.945, 0.965);
    }

    [Fact]
    public void SumOverProduct_AgainstDraws_HoldsAsManyAsItSays()
    {
        // (energy x factor + embodied): 5 %, 12 %, and 30 % of a third of the sum.
        KpiValue value = SoftwareCarbonIntensity.Of(Measured(3.6e6, 0.05), 1, Modelled(400, 0.12), Modelled(200, 0.3), 1, "call");
        Random random = new(20032);
        int held = 0;
        const int draws = 100_000;
        for (int i = 0; i < draws; i++)
        {
            double drawn = (400 * (1 + (Normal(random) * 0.025)) * (1 + (Normal(random) * 0.06))) + (200 * (1 + (Normal(random) * 0.15)));
            if (Math.Abs(drawn - 600) <= 600 * value.Uncertainty!.Value.Above) held++;
        }

        Assert.InRange((double)held / draws, 0.945, 0.965);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void Near(double below, double above, RelativeUncertainty? band)
    {
        Assert.Equal(below, band!.Value.Below, 1e-9);
        Assert.Equal(above, band.Value.Above, 1e-9);
    }
}
