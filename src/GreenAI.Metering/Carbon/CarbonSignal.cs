namespace GreenAI.Metering;

/// <summary>Which power plants a grid factor speaks of.</summary>
public enum CarbonSignal
{
    /// <summary>All that generate: for inventories.</summary>
    Average,

    /// <summary>Those that would answer one kilowatt-hour more: for decisions, never for a location-based inventory (GHG Protocol Scope 2, 2015).</summary>
    Marginal,
}
