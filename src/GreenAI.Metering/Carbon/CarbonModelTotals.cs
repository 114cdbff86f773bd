namespace GreenAI.Metering;

/// <summary>What one model has emitted since metering began.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CarbonModelTotals
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Operational carbon of its energy above the idle floor; null when no energy was priced.</summary>
    public CarbonMass? Operational { get; init; }

    /// <summary>
    /// <see cref="Operational"/> plus that of the idle floor while the model was active, spread over the active models by active time; null when
    /// no energy was priced. The idle part is in <see cref="CarbonTotals.OperationalIdle"/> too: it is a view, not one more bucket.
    /// </summary>
    public CarbonMass? OperationalWithIdle { get; init; }

    /// <summary>Embodied carbon of the hardware while the model was active on it; null when it is not known.</summary>
    public CarbonMass? Embodied { get; init; }
}
