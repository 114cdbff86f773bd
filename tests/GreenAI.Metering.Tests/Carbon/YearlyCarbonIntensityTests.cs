namespace GreenAI.Metering.Tests;

public sealed class YearlyCarbonIntensityTests
{
    [Theory]
    [InlineData("DE")]
    [InlineData("DEU")]
    [InlineData("deu")]
    public async Task ForCountry_Germany_AnswersAtOnceWithItsPedigree(string code)
    {
        YearlyCarbonIntensity provider = YearlyCarbonIntensity.ForCountry(code);
        ValueTask<CarbonIntensityAnswer> pending = provider.GetAsync(TestContext.Current.CancellationToken);
        Assert.True(pending.IsCompletedSuccessfully);
        CarbonIntensityAnswer answer = await pending;

        CarbonFactor factor = Assert.Single(answer.Factors);
        Assert.Equal(CarbonGap.None, answer.Gap);
        Assert.Same(provider.Factor, factor);
        Assert.Equal(329.65, factor.Intensity.GramsPerKilowattHour);
        Assert.Equal("average, location, lifecycle", factor.Kind.ToString());
        Assert.Equal(provider.Kind, factor.Kind);
        Assert.Equal(("DE", "Ember via Our World in Data, mean of 2025 of Germany", "CC BY 4.0"), (factor.Zone, factor.Source, factor.Licence));
        Assert.True(factor.IsEstimated);
        Assert.False(factor.IsForecast);
        Assert.True(factor.IsValidAt(DateTimeOffset.UnixEpoch));
        Assert.True(factor.IsValidAt(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("DE", 0.05)] // 329.65 after 336.38: 2 %, so the least band.
    [InlineData("CO", 0.5968)] // 186.81 after 298.3: rain.
    [InlineData("ME", 0.5975)] // 264.23 after 422.1: a coal plant stood still.
    public void ForCountry_Band_IsTheLastChangeButAtLeastFivePercent(string code, double expected)
    {
        RelativeUncertainty band = YearlyCarbonIntensity.ForCountry(code).Factor.Uncertainty!.Value;
        Assert.Equal(expected, band.Below, 4);
        Assert.Equal(band.Below, band.Above);
    }

    [Theory]
    [InlineData("UK", "There is no country 'UK'. Nearest: GB (United Kingdom), UA (Ukraine), ")]
    [InlineData("EL", "There is no country 'EL'. Nearest: GR (Greece), SV (El Salvador), ")]
    [InlineData("Germany", "There is no country 'Germany'. Nearest: DE (Germany), ")]
    [InlineData("DEX", "There is no country 'DEX'. Nearest: DE (Germany), ")]
    [InlineData("", "There is no country ''. Nearest: ")]
    public void ForCountry_Unknown_SaysWhatIsNearAndWhatIsAllowed(string code, string expected)
    {
        ArgumentException error = Assert.Throws<ArgumentException>("code", () => YearlyCarbonIntensity.ForCountry(code));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(" Allowed: the ISO 3166-1 code of one of 203 countries, with two letters (DE) or three (DEU).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForCountry_HostileLength_IsShownShort()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("code", () => YearlyCarbonIntensity.ForCountry(new string('x', 1_000_000)));
        Assert.InRange(error.Message.Length, 0, 400);
    }

    [Fact]
    public void TryForCountry_Unknown_IsFalse()
    {
        Assert.False(YearlyCarbonIntensity.TryForCountry("XX", out YearlyCarbonIntensity? found));
        Assert.Null(found);
        Assert.Throws<ArgumentNullException>("code", () => YearlyCarbonIntensity.TryForCountry(null!, out _));
    }

    [Fact]
    public void GetAsync_Cancelled_IsCancelled()
    {
        ValueTask<CarbonIntensityAnswer> pending = YearlyCarbonIntensity.ForCountry("SE").GetAsync(new CancellationToken(canceled: true));
        Assert.True(pending.IsCanceled);
    }
}
