namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>A model's line of the report. Energy that could not be told is null, never 0.</summary>
internal sealed record ModelRow(string Name, long Inferences, double Accuracy)
{
    /// <summary>Inferences as the meter counted them; they must be the workload's own.</summary>
    public long Metered { get; init; }

    public Energy? Energy { get; init; }

    /// <summary>The same with a share of the idle floor, which somebody has to pay as well.</summary>
    public Energy? WithIdle { get; init; }

    public MeasurementTier Tier { get; init; } = MeasurementTier.Unavailable;

    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>Learned watts of one active inference over all devices; null while the observations do not tell them on each.</summary>
    public double? LearnedWatts { get; init; }

    public double? JoulesPerInference => PerInference(Energy);

    public double? JoulesPerInferenceWithIdle => PerInference(WithIdle);

    // Nothing above the floor is less than can be told, which is not nothing.
    private double? PerInference(Energy? energy) => Inferences > 0 && energy > GreenAI.Metering.Energy.Zero ? energy?.Joules / Inferences : null;
}
