namespace GreenAI.Metering;

/// <summary>What the account of emissions is kept by, resolved from options and surroundings.</summary>
internal sealed class CarbonAccount
{
    public CarbonMethod Method { get; init; }

    public CarbonBoundary Boundary { get; init; }

    /// <summary>Null: not stated.</summary>
    public double? Pue { get; init; }

    /// <summary>Litres per kilowatt-hour; null: not stated.</summary>
    public double? Wue { get; init; }

    /// <summary>Null: no place, constant or provider is configured.</summary>
    public FactorTimeline? Timeline { get; init; }

    public CarbonFeed? Feed { get; init; }

    public IReadOnlyList<EmbodiedItem> Embodied { get; init; } = [];

    /// <summary>An account of nothing.</summary>
    public static CarbonAccount None { get; } = new();

    /// <summary>Why no factor applies at the moment, when none does.</summary>
    public (CarbonGap Gap, string Reason) Gap =>
        Timeline is null ? (CarbonGap.NotConfigured, "No grid carbon intensity is configured: set Carbon:Zone, Carbon:CloudRegion or Carbon:GramsPerKilowattHour, or add a provider. Nothing is guessed.")
        : Pue is null ? (CarbonGap.NoPue, "The PUE of the site is not stated: set Carbon:Pue (1 for a machine outside a data centre).")
        : Feed?.Refusal is { } refusal ? (refusal.Gap, refusal.Reason!)
        : Timeline.Factors.Length > 0 ? (CarbonGap.Stale, "The last grid carbon intensity has ended, and no newer one has come yet.")
        : (CarbonGap.Pending, "No source of grid carbon intensities has answered yet.");
}
