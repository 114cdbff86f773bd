namespace GreenAI.Metering.Tests.Carbon;

public class CarbonMethodRulesTests
{
    private static readonly CarbonKind[] _kinds =
    [
        .. from signal in Enum.GetValues<CarbonSignal>()
           from basis in Enum.GetValues<CarbonBasis>()
           from boundary in Enum.GetValues<CarbonBoundary>()
           select new CarbonKind(signal, basis, boundary),
    ];

    // Peer row L9: WattTime's co2_moer is marginal, and no location-based report may contain it.
    [Theory]
    [InlineData(CarbonBoundary.Direct)]
    [InlineData(CarbonBoundary.Lifecycle)]
    public void L9_Refusal_MarginalFactorInLocationBasedAccount_NamesTheRuleAndTheWayOut(CarbonBoundary boundary)
    {
        string? refusal = CarbonMethodRules.Refusal(
            CarbonMethod.LocationBased, boundary, new CarbonKind(CarbonSignal.Marginal, CarbonBasis.Location, CarbonBoundary.Direct));

        Assert.Equal(
            "A location-based account cannot take a factor that is 'marginal, location, direct': marginal factors are forbidden there "
            + "(GHG Protocol Scope 2 Guidance, 2015, p. 53). Use a provider of average factors, or set Carbon:Method to Consequential "
            + "and keep the figure out of inventories.",
            refusal);
    }

    [Theory]
    [InlineData(CarbonMethod.LocationBased, CarbonSignal.Average, CarbonBasis.Location)]
    [InlineData(CarbonMethod.MarketBased, CarbonSignal.Average, CarbonBasis.Market)]
    [InlineData(CarbonMethod.Consequential, CarbonSignal.Marginal, CarbonBasis.Location)]
    public void Refusal_EachMethod_TakesExactlyOneKindPerBoundary(CarbonMethod method, CarbonSignal signal, CarbonBasis basis)
    {
        foreach (CarbonBoundary boundary in Enum.GetValues<CarbonBoundary>())
        {
            Assert.Equal(
                new CarbonKind(signal, basis, boundary),
                Assert.Single(_kinds, kind => CarbonMethodRules.Refusal(method, boundary, kind) is null));
        }
    }

    [Fact]
    public void Refusal_OtherBoundary_NamesBothAndTheKey() => Assert.Equal(
        "The account counts Lifecycle emissions and cannot take a factor that is 'average, location, direct'. "
        + "Use a provider of Lifecycle factors, or set Carbon:Boundary to Direct.",
        CarbonMethodRules.Refusal(
            CarbonMethod.LocationBased,
            CarbonBoundary.Lifecycle,
            new CarbonKind(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Direct)));

    [Theory]
    [InlineData(CarbonMethod.MarketBased, CarbonSignal.Marginal, CarbonBasis.Market, "market-based", "Consequential")]
    [InlineData(CarbonMethod.MarketBased, CarbonSignal.Average, CarbonBasis.Location, "market-based", "residual mix")]
    [InlineData(CarbonMethod.LocationBased, CarbonSignal.Average, CarbonBasis.Market, "location-based", "MarketBased")]
    [InlineData(CarbonMethod.Consequential, CarbonSignal.Average, CarbonBasis.Location, "consequential", "LocationBased")]
    [InlineData(CarbonMethod.Consequential, CarbonSignal.Marginal, CarbonBasis.Market, "consequential", "location factors")]
    public void Refusal_WrongKind_NamesAccountKindAndWayOut(CarbonMethod method, CarbonSignal signal, CarbonBasis basis, string account, string wayOut)
    {
        CarbonKind kind = new(signal, basis, CarbonBoundary.Direct);

        string refusal = Assert.IsType<string>(CarbonMethodRules.Refusal(method, CarbonBoundary.Direct, kind));

        Assert.StartsWith($"A {account} account cannot take a factor that is '{kind}': ", refusal, StringComparison.Ordinal);
        Assert.Contains(wayOut, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_UnknownMethod_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CarbonMethodRules.Refusal((CarbonMethod)9, CarbonBoundary.Direct, default));
}
