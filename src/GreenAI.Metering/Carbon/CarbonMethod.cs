namespace GreenAI.Metering;

/// <summary>Which question the grams answer. Figures of different methods do not add up, nor compare.</summary>
public enum CarbonMethod
{
    /// <summary>By the grid at the place of use, average factors (GHG Protocol Scope 2, location-based).</summary>
    LocationBased,

    /// <summary>By contracts: certificates, power purchase agreements, residual mix (GHG Protocol Scope 2, market-based).</summary>
    MarketBased,

    /// <summary>By the plants that answer a change of load, marginal factors: for decisions, not for inventories.</summary>
    Consequential,
}
