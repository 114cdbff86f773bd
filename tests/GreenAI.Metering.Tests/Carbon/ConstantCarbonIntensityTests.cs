namespace GreenAI.Metering.Tests;

public sealed class ConstantCarbonIntensityTests
{
    private static readonly CarbonFactor _factor = new()
    {
        Intensity = CarbonIntensity.FromGramsPerKilowattHour(12),
        Kind = new(CarbonSignal.Average, CarbonBasis.Market, CarbonBoundary.Direct),
        Source = "supplier's statement of 2025",
    };

    [Fact]
    public async Task GetAsync_Answers_WithTheFactorItWasGiven()
    {
        var provider = new ConstantCarbonIntensity(_factor);
        ValueTask<CarbonIntensityAnswer> pending = provider.GetAsync(TestContext.Current.CancellationToken);
        Assert.True(pending.IsCompletedSuccessfully);
        Assert.Same(_factor, Assert.Single((await pending).Factors));
        Assert.Same(_factor, provider.Factor);
        Assert.Equal(("constant", _factor.Kind), (provider.Name, provider.Kind));
    }

    [Fact]
    public void Constructor_Null_IsRefused() =>
        Assert.Throws<ArgumentNullException>("factor", () => new ConstantCarbonIntensity(null!));
}
