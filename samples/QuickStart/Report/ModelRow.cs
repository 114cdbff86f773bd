namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>A model's line of the report. Energy that could not be told is null, never 0.</summary>
internal sealed record ModelRow(string Name, long Inferences, double Accuracy)
{
    /// <summary>Inferences as the meter counted them; they must be the workload's own.</summary>
    public long Metered { get; init; }

    public Energy? Energy { get; init; }

    public MeasurementTier Tier { get; init; } = MeasurementTier.Unavailable;

    public RelativeUncertainty? Uncertainty { get; init; }

    public double? JoulesPerInference => Inferences > 0 ? Energy?.Joules / Inferences : null;
}
