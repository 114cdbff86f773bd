using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

/// <summary>Inputs that cannot be are refused with what is wrong and what to do.</summary>
public sealed class KpiRefusalTests
{
    private static readonly Dictionary<string, Func<KpiValue>> _refused = new()
    {
        ["completed is -1; it must be 0 or more: it counts."] = () => CarbonPerInference.PerCompleted(Grams(1), Modelled(1), -1),
        ["succeeded is -1; it must be 0 or more: it counts."] = () => CarbonPerInference.PerSuccess(Grams(1), Modelled(1), -1),
        ["embodiedGrams is -2; it must be 0 or more, and finite."] = () => CarbonPerInference.PerCompleted(Grams(1), Modelled(-2), 1),
        ["grams is NaN; it must be 0 or more, and finite."] = () => CarbonPerInference.Marginal(Grams(double.NaN), 1),
        ["joules is -5; it must be 0 or more, and finite."] = () => EnergyPerInference.Of(Measured(-5), 1),
        ["joules is Infinity; it must be 0 or more, and finite."] = () => EnergyPerUnit.Of(Measured(double.PositiveInfinity), 1, "token"),
        ["units is -3; it must be 0 or more: it counts."] = () => EnergyPerUnit.Of(Measured(1), -3, "token"),
        ["window is 00:00:00; it must be longer than zero."] = () => WattsPerQuery.Of(Measured(1), 1, TimeSpan.Zero),
        ["queriesPerSecond is NaN; it must be 0 or more, and finite."] = () => WattsPerQuery.Of(Measured(1), double.NaN),
        ["meanWatts is -1; it must be 0 or more, and finite."] = () => WattsPerQuery.Of(Measured(-1), 1.0),
        ["pue is 0.9; it must be 1 or more (total energy of the site / energy of its computers); 1.0 says that there is no overhead."] =
            () => SoftwareCarbonIntensity.Of(Measured(1), 0.9, Modelled(400), Modelled(1), 1, "call"),
        ["intensity is -400; it must be 0 or more, and finite."] =
            () => SoftwareCarbonIntensity.Of(Measured(1), 1, Modelled(-400), Modelled(1), 1, "call"),
        ["share is 96; it must be from 0 to 1: was it given in percent?"] =
            () => CarbonPerInference.Marginal(KpiCarbon.OfPart(Measured(1), 96, CarbonGap.Stale), 1),
        ["gap is None; it must be a reason why there is no factor."] = () => CarbonPerInference.Marginal(KpiCarbon.Missing(CarbonGap.None), 1),
        ["accuracy is 93; it must be from 0 to 1: was it given in percent?"] =
            () => ModelEfficiencyRatio.Of(93, TrainingEnergy.None, Measured(1), 1),
        ["accuracy is -0.1; it must be from 0 to 1."] = () => ModelEfficiencyRatio.PerThousand(-0.1, TrainingEnergy.None, Measured(1), 1),
        ["accuracy is NaN; it must be from 0 to 1."] = () => ModelEfficiencyRatio.Of(double.NaN, TrainingEnergy.None, Measured(1), 1),
        ["inferenceKilowattHours is -1; it must be 0 or more, and finite."] = () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None, Measured(-1), 1),
        ["inferences is -1; it must be 0 or more: it counts."] = () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None, Measured(1), -1),
        ["kilowattHours is NaN; it must be 0 or more, and finite."] =
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.OfEnergy(Measured(double.NaN)), Measured(1), 1),
        ["flopsPerJoule is 0; it must be above 0, and finite."] =
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.FromFlops(1e21, 0, 1, null), Measured(1), 1),
        ["flops is -1; it must be 0 or more, and finite."] =
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.FromFlops(-1, 1, 1, null), Measured(1), 1),
        ["lifetimeInferences is 0; it must be above 0, and finite."] =
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None.SpreadOver(0), Measured(1), 1),
        ["KilowattHours is -2; it must be 0 or more, and finite."] = () => EnergyToSolution.Of([new(Measured(-2), true)]),
        ["solutions is 3; it must be at most the number of attempts: each reaches the outcome once."] =
            () => EnergyToSolution.PerSolution(Measured(1), 2, 3),
        ["performance is 93.5; it must be from 0 to 1: was it given in percent?"] = () => DataEfficiencyScore.Of(93.5, 1, "t, m"),
        ["trainingBytes is -1; it must be 0 or more: it counts."] = () => DataEfficiencyScore.Of(0.9, -1, "t, m"),
        ["Utilization is 93; it must be from 0 to 1: was it given in percent?"] =
            () => HardwareUtilization.Of([new(Measured(93), 1, TimeSpan.FromHours(1))], "gpu"),
        ["Utilization is -0.1; it must be 0 or more, and finite."] =
            () => HardwareUtilization.Of([new(Measured(-0.1), 1, TimeSpan.FromHours(1))], "gpu"),
        ["Capacity is -1; it must be 0 or more, and finite."] = () => HardwareUtilization.Of([new(Measured(1), -1, TimeSpan.FromHours(1))], "gpu"),
        ["Duration is -01:00:00; it must be zero or longer."] = () => HardwareUtilization.Of([new(Measured(1), 1, TimeSpan.FromHours(-1))], "gpu"),
        ["provisionedCapacityHours is NaN; it must be 0 or more, and finite."] = () => HardwareUtilization.Of(Measured(1), double.NaN, "gpu"),
        ["oneMinuteMeans is NaN; it must be from 0 to 1."] =
            () => HardwareUtilization.Sustained([0.5, double.NaN], new double[2], MeasurementTier.Measured, null, "gpu"),
        ["oneMinuteMeans is 65; it must be from 0 to 1: was it given in percent?"] =
            () => HardwareUtilization.Sustained([65], new double[1], MeasurementTier.Measured, null, "gpu"),
        ["utilization is 1.1; it must be from 0 to 1: was it given in percent?"] =
            () => EmbodiedRate.Of(Modelled(1), TimeSpan.FromDays(1), Measured(1.1)),
        ["utilization is -0.1; it must be 0 or more, and finite."] = () => EmbodiedRate.Of(Modelled(1), TimeSpan.FromDays(1), Measured(-0.1)),
        ["lifespan is 00:00:00; it must be longer than zero."] = () => EmbodiedRate.Of(Modelled(1), TimeSpan.Zero, Measured(1)),
        ["lifespan is -1.00:00:00; it must be longer than zero."] =
            () => EmbodiedCarbon.Of(Modelled(1), TimeSpan.FromDays(-1), TimeSpan.Zero, 1, 1),
        ["time is 2.00:00:00; it must be at most the lifespan: what has served its life emits no more."] =
            () => EmbodiedCarbon.Of(Modelled(1), TimeSpan.FromDays(1), TimeSpan.FromDays(2), 1, 1),
        ["reserved is 9; it must be at most what is available."] =
            () => EmbodiedCarbon.Of(Modelled(1), TimeSpan.FromDays(1), TimeSpan.FromHours(1), 9, 8),
        ["totalGrams is -1; it must be 0 or more, and finite."] = () => EmbodiedRate.Of(Modelled(-1), TimeSpan.FromDays(1), Measured(1)),
        ["greenKilowattHours is -1; it must be 0 or more, and finite."] = () => RenewableMatching.OfPeriod(Measured(-1), Measured(1)),
        ["loadKilowattHours is NaN; it must be 0 or more, and finite."] =
            () => RenewableMatching.Hourly([1], [double.NaN], MeasurementTier.Measured, null, null),
        ["matchedKilowattHours is 3; it must be at most the load: what is beyond it is surplus."] =
            () => RenewableMatching.Hourly(Measured(3), Measured(2), 0),
        ["deviceHours is -1; it must be 0 or more, and finite."] = () => ComputeHoursPerOutcome.Provisioned(Measured(-1), 1, "gpu"),
        ["outcomes is -1; it must be 0 or more: it counts."] = () => ComputeHoursPerOutcome.Busy(Measured(1), -1, "gpu"),
    };

    public static TheoryData<string> Messages => [.. _refused.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Input_ThatCannotBe_IsRefusedWithWhatToDo(string message)
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => _refused[message]());
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Name_Empty_IsRefused(string name)
    {
        Assert.StartsWith(
            "functionalUnit is empty; it must name what R counts: inference, token, page.",
            Assert.Throws<ArgumentException>(() => SoftwareCarbonIntensity.Of(Grams(1), Modelled(1), 1, name)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EnergyPerUnit.Of(Measured(1), 1, name));
        Assert.Throws<ArgumentException>(() => HardwareUtilization.Of([], name));
        Assert.Throws<ArgumentException>(() => HardwareUtilization.Sustained([], [], MeasurementTier.Measured, null, name));
        Assert.Throws<ArgumentException>(() => DataEfficiencyScore.Of(0.9, 1, name));
        Assert.Throws<ArgumentException>(() => ComputeHoursPerOutcome.Busy(Measured(1), 1, name));
    }

    [Fact]
    public void Spans_OfUnlikeLength_AreRefused()
    {
        Assert.StartsWith(
            "greenKilowattHours and loadKilowattHours differ in length; each needs a number per hour.",
            Assert.Throws<ArgumentException>(() => RenewableMatching.Hourly([1, 2], [1], MeasurementTier.Measured, null, null)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "scratch is too small; it must have room for a twentieth of the one-minute means, rounded up.",
            Assert.Throws<ArgumentException>(() => HardwareUtilization.Sustained(new double[21], [0], MeasurementTier.Measured, null, "gpu")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Amount_Unavailable_IsNotLookedAt() =>
        Assert.Equal(KpiGap.NoEnergy, EnergyPerInference.Of(new KpiAmount(double.NaN, MeasurementTier.Unavailable, null), 1).Gap);
}
