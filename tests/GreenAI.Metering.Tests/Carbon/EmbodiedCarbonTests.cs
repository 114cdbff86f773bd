using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class EmbodiedCarbonTests
{
    private static readonly CarbonMass _tonne = CarbonMass.FromKilograms(1_000);
    private static readonly TimeSpan _fourYears = TimeSpan.FromDays(4 * 365);

    /// <summary>1,000,000 g / 35,040 h = 28.5388 g: the example of SCI (ISO/IEC 21031) gives 28.5.</summary>
    [Fact]
    public void OfTime_TheExampleOfTheStandard_Is28Point5Grams()
    {
        EmbodiedResult result = EmbodiedCarbon.OfTime(_tonne, _fourYears, TimeSpan.FromHours(1), 1);
        Assert.Equal(1_000_000.0 / 35_040, result.GramsCO2e!.Value, 9);
        Assert.Equal(28.5, result.GramsCO2e.Value, 1);
        Assert.Equal((EmbodiedGap.None, (string?)null), (result.Gap, result.Reason));
    }

    [Fact]
    public void HourlyRate_IsTheTotalOverTheLifespan()
    {
        Assert.Equal(1_000_000.0 / 35_040, EmbodiedCarbon.HourlyRate(_tonne, _fourYears).GramsCO2e!.Value, 9);
        Assert.Equal(164_000.0 / 26_280, EmbodiedCarbon.HourlyRate(CarbonMass.FromKilograms(164), TimeSpan.FromDays(3 * 365)).GramsCO2e!.Value, 9);
    }

    /// <summary>28.54 g/h at 25 % utilisation are 114.16 g for each useful hour; a quarter as many hours bear the same total.</summary>
    [Theory]
    [InlineData(1, 28.5388)]
    [InlineData(0.5, 57.0776)]
    [InlineData(0.25, 114.1553)]
    public void RatePerUsefulHour_ChargesUsefulHoursAlone(double utilization, double expected) =>
        Assert.Equal(expected, EmbodiedCarbon.RatePerUsefulHour(_tonne, _fourYears, utilization).GramsCO2e!.Value, 4);

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    public void RatePerUsefulHour_NotUtilised_IsUndefinedNotZeroNotInfinite(double utilization)
    {
        EmbodiedResult result = EmbodiedCarbon.RatePerUsefulHour(_tonne, _fourYears, utilization);
        Assert.Equal(((double?)null, EmbodiedGap.NoUtilization), (result.GramsCO2e, result.Gap));
        Assert.Equal("The hardware was not utilised: there is no useful hour to bear its embodied emissions.", result.Reason);
        Assert.Equal(result.Reason, result.ToString());
    }

    [Fact]
    public void EveryMethod_MissingLifespan_IsUndefinedNotZero_L6()
    {
        EmbodiedResult[] results =
        [
            EmbodiedCarbon.HourlyRate(_tonne, null),
            EmbodiedCarbon.OfTime(_tonne, null, TimeSpan.FromHours(1), 1),
            EmbodiedCarbon.RatePerUsefulHour(_tonne, null, 0.5),
            EmbodiedCarbon.RatePerUsefulHour(_tonne, null, 0),
        ];
        Assert.All(results, result =>
        {
            Assert.Equal(((double?)null, EmbodiedGap.NoLifespan), (result.GramsCO2e, result.Gap));
            Assert.Equal("No lifespan is stated, and the source of the total has none: state for how long the hardware is kept.", result.Reason);
        });
    }

    [Fact]
    public void EveryMethod_MissingTotal_IsUndefinedNotZero_L6()
    {
        EmbodiedResult[] results =
        [
            EmbodiedCarbon.HourlyRate(null, _fourYears),
            EmbodiedCarbon.OfTime(null, _fourYears, TimeSpan.FromHours(1), 1),
            EmbodiedCarbon.RatePerUsefulHour(null, null, 0.5),
            default,
        ];
        Assert.All(results, result =>
        {
            Assert.Equal(((double?)null, EmbodiedGap.NoTotal), (result.GramsCO2e, result.Gap));
            Assert.NotNull(result.Reason);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void EveryMethod_ImpossibleInput_NamesIt(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("total", () => EmbodiedCarbon.HourlyRate(CarbonMass.FromKilograms(value), _fourYears));
        Assert.Throws<ArgumentOutOfRangeException>("lifespan", () => EmbodiedCarbon.HourlyRate(_tonne, TimeSpan.FromDays(value)));
        Assert.Throws<ArgumentOutOfRangeException>("total", () => EmbodiedCarbon.OfTime(CarbonMass.FromKilograms(value), null, TimeSpan.Zero, 1));
        Assert.Throws<ArgumentOutOfRangeException>("lifespan", () => EmbodiedCarbon.OfTime(null, TimeSpan.FromDays(value), TimeSpan.Zero, 1));
        Assert.Throws<ArgumentOutOfRangeException>("lifespan", () => EmbodiedCarbon.RatePerUsefulHour(_tonne, TimeSpan.FromDays(value), 1));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void OfTime_ShareOutsideZeroToOne_IsRefused(double share)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            "share", () => EmbodiedCarbon.OfTime(_tonne, _fourYears, TimeSpan.FromHours(1), share));
        Assert.StartsWith("A share must be from 0 to 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTime_TimeOutsideTheLifespan_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("reserved", () => EmbodiedCarbon.OfTime(_tonne, _fourYears, TimeSpan.FromHours(-1), 1));
        Assert.Throws<ArgumentOutOfRangeException>("reserved", () => EmbodiedCarbon.OfTime(_tonne, _fourYears, _fourYears + TimeSpan.FromTicks(1), 1));
        Assert.Equal(1_000_000, EmbodiedCarbon.OfTime(_tonne, _fourYears, _fourYears, 1).GramsCO2e!.Value, 6);
        Assert.Equal(0, EmbodiedCarbon.OfTime(_tonne, _fourYears, TimeSpan.Zero, 1).GramsCO2e);
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(65)]
    [InlineData(double.NaN)]
    public void RatePerUsefulHour_UtilisationAboveOne_IsRefused(double utilization) => Assert.StartsWith(
        "A utilisation must be up to 1: it is a part of the time, not percent.",
        Assert.Throws<ArgumentOutOfRangeException>("utilization", () => EmbodiedCarbon.RatePerUsefulHour(_tonne, _fourYears, utilization)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ResourceShare_OneOfEightGpusAndHalfTheCpus_IsAnEighth_L5() => Assert.Equal(
        0.125, EmbodiedCarbon.ResourceShare(new() { Accelerators = 1, Cpus = 96 }, new() { Accelerators = 8, Cpus = 192 }));

    [Fact]
    public void ResourceShare_NoneOfTheGpus_IsNothing_L5() => Assert.Equal(
        0, EmbodiedCarbon.ResourceShare(new() { Cpus = 96 }, new() { Accelerators = 8, Cpus = 192 }));

    [Fact]
    public void ResourceShare_NoGpuInTheServer_IsByCpus() => Assert.Equal(
        0.25, EmbodiedCarbon.ResourceShare(new() { Cpus = 16 }, new() { Cpus = 64 }));

    [Fact]
    public void ResourceShare_Impossible_IsRefused()
    {
        var total = new ServerResources { Accelerators = 8, Cpus = 192 };
        Assert.Throws<ArgumentOutOfRangeException>("total", () => EmbodiedCarbon.ResourceShare(default, default));
        Assert.Throws<ArgumentOutOfRangeException>("reserved", () => EmbodiedCarbon.ResourceShare(new() { Accelerators = 9 }, total));
        Assert.Throws<ArgumentOutOfRangeException>("reserved", () => EmbodiedCarbon.ResourceShare(new() { Accelerators = -1 }, total));
        Assert.Throws<ArgumentOutOfRangeException>("reserved", () => EmbodiedCarbon.ResourceShare(new() { Accelerators = double.NaN }, total));
        Assert.Throws<ArgumentOutOfRangeException>(
            "reserved", () => EmbodiedCarbon.ResourceShare(new() { Cpus = 1 }, new() { Cpus = double.PositiveInfinity }));
    }

    /// <summary>Both methods bear the total once, and so never both at a time.</summary>
    [Fact]
    public void EachMethod_OverTheLifespan_BearsTheTotalOnce() =>
        Gen.Select(Gen.Double[1, 100_000], Gen.Double[1, 30], Gen.Double[0.01, 1]).Sample((kilograms, years, utilization) =>
        {
            CarbonMass total = CarbonMass.FromKilograms(kilograms);
            TimeSpan lifespan = TimeSpan.FromDays(365 * years);
            double hours = lifespan.TotalHours;
            double all = EmbodiedCarbon.HourlyRate(total, lifespan).GramsCO2e!.Value * hours;
            double useful = EmbodiedCarbon.RatePerUsefulHour(total, lifespan, utilization).GramsCO2e!.Value * hours * utilization;
            double halves = 2 * EmbodiedCarbon.OfTime(total, lifespan, lifespan, 0.5).GramsCO2e!.Value;
            Assert.All([all, useful, halves], grams => Assert.Equal(total.GramsCO2e, grams, total.GramsCO2e * 1e-9));
        });
}
