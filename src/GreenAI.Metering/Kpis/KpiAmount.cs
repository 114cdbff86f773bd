namespace GreenAI.Metering;

/// <summary>A quantity that goes into an indicator, with how sure it is.</summary>
/// <param name="Value">The quantity, in the unit the calculator names.</param>
/// <param name="Tier">Measured, modelled, or unavailable (then the value means nothing).</param>
/// <param name="Uncertainty">How far the truth may lie from it; null when nobody knows.</param>
public readonly record struct KpiAmount(double Value, MeasurementTier Tier, RelativeUncertainty? Uncertainty);
