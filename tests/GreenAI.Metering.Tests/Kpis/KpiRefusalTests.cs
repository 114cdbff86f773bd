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
    }

    [Fact]
    public void Amount_Unavailable_IsNotLookedAt() =>
        Assert.Equal(KpiGap.NoEnergy, EnergyPerInference.Of(new KpiAmount(double.NaN, MeasurementTier.Unavailable, null), 1).Gap);
}
