namespace GreenAI.Metering;

/// <summary>Which account of operational emissions is kept. It decides which factors may enter: grams of different kinds do not add up.</summary>
/// <remarks>The GHG Protocol Scope 2 Guidance (2015) asks for the first two, side by side.</remarks>
public enum CarbonMethod
{
    /// <summary>
    /// What the grid at the place of use emits for what it delivers: average factors of the place. Marginal ones are forbidden here
    /// (GHG Protocol Scope 2 Guidance, 2015, p. 53). The default, and what SCI (ISO/IEC 21031) counts.
    /// </summary>
    LocationBased,

    /// <summary>What the electricity emits that was bought by contract: average factors of supplier, certificates or residual mix.</summary>
    MarketBased,

    /// <summary>
    /// What one kilowatt-hour more or less changes: marginal factors only. For decisions (when and where to run), never for an inventory.
    /// </summary>
    Consequential,
}
