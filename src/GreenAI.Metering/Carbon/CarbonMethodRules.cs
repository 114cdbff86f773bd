namespace GreenAI.Metering;

/// <summary>Which kinds of factor an account takes.</summary>
internal static class CarbonMethodRules
{
    /// <summary>Why factors of a kind may not enter an account, with what to set; null when they may.</summary>
    /// <param name="method">The account's method.</param>
    /// <param name="boundary">The account's boundary.</param>
    /// <param name="kind">What a provider gives.</param>
    public static string? Refusal(CarbonMethod method, CarbonBoundary boundary, CarbonKind kind)
    {
        (CarbonSignal signal, CarbonBasis basis, string account) = method switch
        {
            CarbonMethod.LocationBased => (CarbonSignal.Average, CarbonBasis.Location, "location-based"),
            CarbonMethod.MarketBased => (CarbonSignal.Average, CarbonBasis.Market, "market-based"),
            CarbonMethod.Consequential => (CarbonSignal.Marginal, CarbonBasis.Location, "consequential"),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "The method must be LocationBased, MarketBased or Consequential."),
        };

        // The worst first: a marginal factor in an inventory is a false number, another boundary is a wrong setting.
        if (kind.Signal != signal) return Said(account, kind, signal == CarbonSignal.Average ? Marginal : Average);
        if (kind.Basis != basis) return Said(account, kind, basis == CarbonBasis.Location ? ByContract : ByPlace);
        return kind.Boundary == boundary
            ? null
            : $"The account counts {boundary} emissions and cannot take a factor that is '{kind}'. "
                + $"Use a provider of {boundary} factors, or set Carbon:Boundary to {kind.Boundary}.";
    }

    private const string Marginal =
        "marginal factors are forbidden there (GHG Protocol Scope 2 Guidance, 2015, p. 53). "
        + "Use a provider of average factors, or set Carbon:Method to Consequential and keep the figure out of inventories";

    private const string Average =
        "it asks what one kilowatt-hour more changes, and an average does not say. "
        + "Use a provider of marginal factors, or set Carbon:Method to LocationBased";

    private const string ByContract =
        "it counts the grid at the place of use, whatever was bought. "
        + "Use a provider of location factors, or set Carbon:Method to MarketBased";

    private const string ByPlace =
        "it counts what was bought. Use the supplier's factor or the residual mix, declared with basis Market, or set Carbon:Method to LocationBased";

    private static string Said(string account, CarbonKind kind, string why) =>
        $"A {account} account cannot take a factor that is '{kind}': {why}.";
}
