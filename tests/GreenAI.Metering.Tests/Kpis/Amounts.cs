namespace GreenAI.Metering.Tests;

/// <summary>Short ways to say what goes into an indicator.</summary>
internal static class Amounts
{
    public static KpiAmount Measured(double value, double uncertainty = 0.05) =>
        new(value, MeasurementTier.Measured, RelativeUncertainty.Symmetric(uncertainty));

    public static KpiAmount Modelled(double value, double uncertainty = 0.3) =>
        new(value, MeasurementTier.Modelled, RelativeUncertainty.Symmetric(uncertainty));

    public static KpiAmount Doubtful(double value) => new(value, MeasurementTier.Modelled, null);

    public static KpiAmount Unavailable => default;

    public static KpiCarbon Grams(double value) => KpiCarbon.OfGrams(Measured(value));
}
