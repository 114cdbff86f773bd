namespace GreenAI.Metering;

/// <summary>What one model has cost since metering began.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ModelTotals
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Inferences with a final bill, whatever their outcome.</summary>
    public long Inferences => Succeeded + Failed + Abandoned;

    /// <summary>Inferences that gave a result.</summary>
    public long Succeeded { get; init; }

    /// <summary>Inferences that failed.</summary>
    public long Failed { get; init; }

    /// <summary>Inferences whose scope was left without completion.</summary>
    public long Abandoned { get; init; }

    /// <summary>Work units of the inferences with a final bill.</summary>
    public long WorkUnits { get; init; }

    /// <summary>Active time summed over the inferences with a final bill.</summary>
    public TimeSpan ActiveTime { get; init; }

    /// <summary>Final bills.</summary>
    public Energy Settled { get; init; }

    /// <summary>Assigned to inferences that have not ended, or that wait for a device.</summary>
    public Energy Open { get; init; }

    /// <summary>Measured for bills that had to be closed before a counter moved.</summary>
    public Energy Late { get; init; }

    /// <summary>All energy above the idle floor assigned to the model: settled, open and late.</summary>
    public Energy Energy => Settled + Open + Late;

    /// <summary>
    /// <see cref="Energy"/> plus the idle floor's energy spread over active inferences by active time (idle power while
    /// nothing ran belongs to no model).
    /// </summary>
    public Energy EnergyWithIdle { get; init; }

    /// <summary>
    /// Energy above the idle floor per inference with a final bill; null with none, and when the counters rose no more than the
    /// floor: that is below what can be resolved, not a claim of zero.
    /// </summary>
    public Energy? EnergyPerInference => PerInference(Settled + Late);

    /// <summary>
    /// Energy per inference with a final bill, with its share of the idle floor; null with none, or when nothing was metered.
    /// </summary>
    public Energy? EnergyPerInferenceWithIdle => PerInference(EnergyWithIdle - Open);

    /// <summary>The worst tier of the devices that contributed, or, when none rose above its floor, of those that were read.</summary>
    public MeasurementTier Tier { get; init; }

    /// <summary>How far the truth may lie from the figures; null when nothing was metered.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>What one active inference was learned to draw, by device; empty until the model was active on a device that was read.</summary>
    public IReadOnlyList<ModelPower> LearnedPower { get; init; } = [];

    private Energy? PerInference(Energy energy) => Inferences > 0 && Tier != MeasurementTier.Unavailable && energy > Energy.Zero
        ? Energy.FromMicrojoules(energy.Microjoules / Inferences)
        : null;
}
