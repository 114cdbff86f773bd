using CsCheck;
using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

/// <summary>What indicators say beside their value: parts that are known, surplus, tiers, targets.</summary>
public sealed class KpiRuleTests
{
    [Fact]
    public void L4_NoInference_TheGramsStayInTheNumerator()
    {
        KpiValue value = CarbonPerInference.PerCompleted(Grams(3), Modelled(1), 0);
        Assert.Equal((4, 0, TargetVerdict.Undefined), (value.Numerator, value.Denominator, value.Verdict));
    }

    [Fact]
    public void L4_DenominatorTooSmallToDivideBy_IsNothing() =>
        Assert.Equal(KpiGap.NoFunctionalUnit, SoftwareCarbonIntensity.Of(Grams(1e300), Modelled(1), 1e-300, "call").Gap);

    [Fact]
    public void L6_EmbodiedNotStated_OperationalGramsAreToldAsAPart()
    {
        KpiValue value = CarbonPerInference.PerCompleted(Grams(102), Unavailable, 1000);
        Assert.Equal((102, MeasurementTier.Unavailable, null), (value.Numerator, value.Tier, value.Value));
    }

    [Fact]
    public void L1_NoFactor_SaysWhyThereIsNone()
    {
        KpiValue value = CarbonPerInference.Marginal(KpiCarbon.Missing(CarbonGap.NoPue), 1000);
        Assert.Equal((KpiGap.NoCarbonFactor, CarbonGap.NoPue), (value.Gap, value.CarbonGap));
        Assert.Equal(CarbonGap.NotConfigured, KpiCarbon.OfEnergy(Measured(1), 1, Unavailable).CarbonGap);
    }

    [Fact]
    public void Carbon_Default_IsNotMetered() =>
        Assert.Equal((KpiGap.NoEnergy, CarbonGap.None), (KpiCarbon.NotMetered.Gap, KpiCarbon.NotMetered.CarbonGap));

    [Theory]
    [InlineData(1.0, KpiGap.None, CarbonGap.None)]
    [InlineData(0.95, KpiGap.None, CarbonGap.Stale)]
    [InlineData(0.9499, KpiGap.PartialCarbon, CarbonGap.Stale)]
    [InlineData(0.0, KpiGap.NoCarbonFactor, CarbonGap.Stale)]
    public void Carbon_OfPart_FollowsTheShare(double share, KpiGap gap, CarbonGap carbonGap)
    {
        KpiCarbon carbon = KpiCarbon.OfPart(Measured(10), share, CarbonGap.Stale);
        Assert.Equal((gap, carbonGap), (carbon.Gap, carbon.CarbonGap));
    }

    [Fact]
    public void Carbon_OfPart_ShareOfOneOrNoGrams_HasNoGapToTell()
    {
        Assert.Equal(KpiCarbon.OfGrams(Measured(10)), KpiCarbon.OfPart(Measured(10), 1, CarbonGap.None));
        Assert.Equal(KpiCarbon.NotMetered, KpiCarbon.OfPart(Unavailable, 0.5, CarbonGap.Stale));
    }

    [Fact]
    public void Attempts_NotAchieved_EnergyIsInTheNumerator()
    {
        KpiValue value = EnergyToSolution.Of([new(Measured(1.5), false), new(Measured(1.7), false)]);
        Assert.Equal((3.2, KpiGap.NotAchieved, MeasurementTier.Measured), (value.Numerator, value.Gap, value.Tier));
    }

    [Fact]
    public void Attempts_OneNotMetered_NoTotal_ThePartIsTold()
    {
        KpiValue value = EnergyToSolution.Of([new(Measured(1.5), false), new(Unavailable, true)]);
        Assert.Equal((1.5, KpiGap.NoEnergy, MeasurementTier.Unavailable), (value.Numerator, value.Gap, value.Tier));
    }

    [Fact]
    public void Attempts_OfTheSameCounters_WidthsAdd()
    {
        KpiValue value = EnergyToSolution.Of([new(Measured(1, 0.05), false), new(Measured(3, 0.09), true)]);
        Assert.Equal(0.08, value.Uncertainty!.Value.Above, 1e-12);
        Assert.Null(EnergyToSolution.Of([new(Measured(1, 0.05), false), new(Doubtful(3), true)]).Uncertainty);
    }

    [Fact]
    public void Training_MeteredErrsWithInference_FromFlopsDoesNot()
    {
        RelativeUncertainty band = RelativeUncertainty.Symmetric(0.1);
        KpiValue metered = ModelEfficiencyRatio.Of(0.9, TrainingEnergy.OfEnergy(Measured(1, 0.1)), Measured(1, 0.1), 1);
        KpiValue fromFlops = ModelEfficiencyRatio.Of(0.9, TrainingEnergy.FromFlops(3.6e6, 1, 1, band), Measured(1, 0.1), 1);
        Assert.Equal((metered.Value, MeasurementTier.Measured), (fromFlops.Value, metered.Tier));
        Assert.Equal(MeasurementTier.Modelled, fromFlops.Tier);
        // Below the line the sides swap: 10 % makes 1/1.1 and 1/0.9; the root of squares is 10 % / √2.
        Assert.Equal((0.1 / 1.1, 0.1 / 0.9), (metered.Uncertainty!.Value.Below, metered.Uncertainty.Value.Above), Pairs);
        double joined = 0.1 / Math.Sqrt(2);
        Assert.Equal((joined / (1 + joined), joined / (1 - joined)), (fromFlops.Uncertainty!.Value.Below, fromFlops.Uncertainty.Value.Above), Pairs);
    }

    [Fact]
    public void Training_EnergyThatMayBeNothing_LeavesTheRatioWithoutAnEnd()
    {
        KpiAmount rough = new(1, MeasurementTier.Measured, new RelativeUncertainty(1, 3));
        KpiValue value = ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None, rough, 1);
        Assert.Equal((0.9, null, true), (value.Value, value.Uncertainty, value.IsUnbounded));
    }

    [Fact]
    public void GuideFormula_IsShownBeside_WithWhyItIsNotUsed()
    {
        GuideModelEfficiency guide = ModelEfficiencyRatio.AsTheGuideWritesIt(0.9, 1e21, 492, 350);
        Assert.Equal((0.9 / (1e21 + 492), 0.9 / 350), (guide.Value!.Value, guide.AccuracyPerWatt!.Value));
        Assert.Equal(
            "As the guide writes it: 0.9 / (1E+21 FLOPs + 492 kWh) = 9E-22; not used, because it adds operations to kilowatt-hours, and beside the "
            + "operations the energy vanishes. Accuracy per watt: 2.571E-3; not used, because watts are a rate: a slow run at low power wins, "
            + "however much energy it takes.",
            guide.Explain());
        Assert.Contains("Accuracy per watt: undefined;", ModelEfficiencyRatio.AsTheGuideWritesIt(0.9, 0, 0, null).Explain(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelEfficiencyRatio.AsTheGuideWritesIt(90, 1, 1, null));
    }

    [Fact]
    public void Utilization_BeyondCapacity_IsCutAndFlagged()
    {
        KpiValue rows = HardwareUtilization.Of([new(Measured(1.2), 2, TimeSpan.FromHours(3)), new(Measured(0.5), 2, TimeSpan.FromHours(3))], "gpu");
        Assert.Equal(1.2, rows.Surplus, 1e-12);
        Assert.Equal(9, rows.Numerator, 1e-12);
        Assert.Equal((24, 2), (HardwareUtilization.Of(Measured(26), 24, "gpu").Numerator, HardwareUtilization.Of(Measured(26), 24, "gpu").Surplus));
        Assert.Equal(0.5, HardwareUtilization.Sustained([1.5], new double[1], MeasurementTier.Measured, null, "gpu").Surplus, 1e-12);
        Assert.Equal("gpu", rows.Qualifier);
    }

    [Fact]
    public void Utilization_BandEndsAtOne()
    {
        // 90 % ± 20 %: from 72 % to 108 %, which is at most 100 %.
        RelativeUncertainty band = HardwareUtilization.Of([new(Measured(0.9, 0.2), 1, TimeSpan.FromHours(1))], "gpu").Uncertainty!.Value;
        Assert.Equal((0.2, (1 - 0.9) / 0.9), (band.Below, band.Above), Pairs);
        band = HardwareUtilization.Of(Measured(9, 0.2), 10, "gpu").Uncertainty!.Value;
        Assert.Equal((0.2, (1 - 0.9) / 0.9), (band.Below, band.Above), Pairs);
    }

    [Fact]
    public void Sustained_IsTheValueAtItsPlaceOfTheSortedMeans() => Gen.Double[0, 1].Array[1, 200].Sample(static means =>
    {
        double[] sorted = [.. means.Order()];
        int place = ((5 * means.Length) + 99) / 100; // ⌈5 % of n⌉
        Assert.Equal(sorted[place - 1], HardwareUtilization.Sustained(means, new double[10], MeasurementTier.Measured, null, "gpu").Value);
    });

    [Fact]
    public void Sustained_LeavesItsInputAsItIs()
    {
        double[] means = [0.9, 0.1, 0.5];
        Assert.Equal(0.1, HardwareUtilization.Sustained(means, new double[9], MeasurementTier.Measured, null, "gpu").Value);
        Assert.Equal([0.9, 0.1, 0.5], means);
    }

    [Fact]
    public void Renewables_Surplus_IsToldApart_PeriodAndHours()
    {
        Assert.Equal(10, RenewableMatching.OfPeriod(Measured(30), Measured(20)).Surplus);
        Assert.Equal(0, RenewableMatching.OfPeriod(Measured(10), Measured(20)).Surplus);
        Assert.Equal(10, RenewableMatching.Hourly([20, 0], [10, 10], MeasurementTier.Measured, null, null).Surplus);
        Assert.Equal(10, RenewableMatching.Hourly(Measured(10), Measured(20), 10).Surplus);
    }

    [Fact]
    public void Renewables_BeyondALoadThatIsNotThere_IsNoSurplus()
    {
        KpiValue[] values =
        [
            RenewableMatching.OfPeriod(Measured(30), Measured(0)), RenewableMatching.OfPeriod(Measured(30), Unavailable),
            RenewableMatching.Hourly([20, 0], [0, 0], MeasurementTier.Measured, null, null), RenewableMatching.Hourly(Measured(0), Measured(0), 10),
        ];
        Assert.Equal([KpiGap.NoLoad, KpiGap.NoEnergy, KpiGap.NoLoad, KpiGap.NoLoad], values.Select(value => value.Gap));
        Assert.All(values, value => Assert.Equal(0, value.Surplus));
    }

    [Fact]
    public void Renewables_BandByMovingEachAlone()
    {
        // 10 of 20 kWh, green ± 10 %: 0.45 to 0.55; load ± 25 %: 0.4 to 0.667.
        RelativeUncertainty band = RenewableMatching.OfPeriod(Measured(10, 0.1), Measured(20, 0.25)).Uncertainty!.Value;
        double below = Math.Sqrt((0.05 * 0.05) + (0.1 * 0.1)) / 0.5, above = Math.Sqrt((0.05 * 0.05) + (1 / 36.0)) / 0.5;
        Assert.Equal((below, above), (band.Below, band.Above), Pairs);
        // Twice the load: no move of 10 % brings it below.
        Assert.Equal((0, 0), Sides(RenewableMatching.OfPeriod(Measured(40, 0.1), Measured(20, 0.1))), Pairs);
        // An hour that is matched exactly: 10 % less green is 10 % less, more changes nothing.
        Assert.Equal(
            (0.1, 0), Sides(RenewableMatching.Hourly([10], [10], MeasurementTier.Measured, RelativeUncertainty.Symmetric(0.1), default(RelativeUncertainty))), Pairs);
        // A load that may be nothing: any green energy may match it.
        Assert.Equal(1, RenewableMatching.OfPeriod(Measured(10, 0), Measured(20, 1)).Uncertainty!.Value.Above, 1e-12);
    }

    [Fact]
    public void Tier_IsTheWorstOfWhatWentIn()
    {
        Assert.Equal(MeasurementTier.Measured, EnergyPerInference.Of(Measured(1), 1).Tier);
        Assert.Equal(MeasurementTier.Modelled, CarbonPerInference.PerCompleted(Grams(1), Modelled(1), 1).Tier);
        Assert.Equal(MeasurementTier.Modelled, EmbodiedRate.Of(Modelled(1), TimeSpan.FromDays(1), Measured(1)).Tier);
        Assert.Equal(MeasurementTier.Unavailable, EnergyPerInference.Of(Unavailable, 1).Tier);
    }

    [Fact]
    public void Targets_AreTheGuides_UnlessOthersAreGiven()
    {
        Assert.Equal(TargetVerdict.Met, CarbonPerInference.PerCompleted(Grams(0.5), Modelled(0.4), 1).Verdict);
        Assert.Equal(TargetVerdict.NotMet, CarbonPerInference.PerCompleted(Grams(0.5), Modelled(0.5), 1).Verdict);
        Assert.Equal(TargetVerdict.Met, WattsPerQuery.Of(Measured(10), 1000.0).Verdict);
        Assert.Equal(TargetVerdict.NotMet, RenewableMatching.OfPeriod(Measured(18), Measured(20)).Verdict);
        Assert.Equal(TargetVerdict.NoTarget, EnergyPerInference.Of(Measured(1), 1).Verdict);
    }

    private static IEqualityComparer<(double, double)> Pairs { get; } = EqualityComparer<(double, double)>.Create(
        (left, right) => Math.Abs(left.Item1 - right.Item1) < 1e-12 && Math.Abs(left.Item2 - right.Item2) < 1e-12, _ => 0);

    private static (double Below, double Above) Sides(KpiValue value) => (value.Uncertainty!.Value.Below, value.Uncertainty.Value.Above);
}
