namespace GreenAI.Metering.Grid.Tests.Contract;

public class FallbackContractTests
{
    [Fact]
    public async Task Providers_InOrderOfRegistration_FallBackFromTheRegionToTheWhole()
    {
        using GridHost host = new(
            request => request.Path.StartsWith("/regional", StringComparison.Ordinal) ? new LoopbackResponse(429) { Headers = ["Retry-After: 60"] } : new LoopbackResponse(200, Bodies.Uk),
            "uk-carbon-intensity (region)",
            "uk-carbon-intensity");
        FallbackCarbonIntensity fallback = new(host.Providers, new FixedClock(Bodies.Now));

        CarbonIntensityAnswer first = await fallback.GetAsync(TestContext.Current.CancellationToken);
        CarbonIntensityAnswer second = await fallback.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("uk-carbon-intensity", "GB", 1), (first.AnsweredBy, first.Factors[0].Zone, first.Factors[0].FallbackRank));
        Assert.Equal(CarbonGap.RateLimited, Assert.Single(first.Skipped).Gap);
        // The one that asked to be left alone was left alone.
        Assert.Equal(CarbonGap.None, second.Gap);
        Assert.Single(host.Server.Requests, request => request.Path.StartsWith("/regional", StringComparison.Ordinal));
    }

    [Fact]
    public void Providers_OfTwoKinds_AreAnErrorThatNamesBoth()
    {
        using GridHost host = new(_ => new LoopbackResponse(500), "electricity-maps", "watttime");

        Assert.StartsWith(
            "Provider 'electricity-maps' gives factors that are 'average, location, lifecycle' and 'watttime' ones that are 'marginal, location, direct'",
            Assert.Throws<ArgumentException>(() => new FallbackCarbonIntensity(host.Providers, TimeProvider.System)).Message,
            StringComparison.Ordinal);
    }
}
