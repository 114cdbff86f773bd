namespace GreenAI.Metering;

/// <summary>Makes values of indicators: every one is a quotient, with or without a value.</summary>
internal static class KpiQuotient
{
    /// <summary>A quotient, or why there is none.</summary>
    /// <param name="kpi">The indicator.</param>
    /// <param name="numerator">The numerator; where it is unavailable, its value is what is known of it.</param>
    /// <param name="denominator">The denominator.</param>
    /// <param name="gap">What is missing already; <see cref="KpiGap.None"/> when nothing is.</param>
    /// <param name="nothing">What it means that the denominator is zero.</param>
    public static KpiValue Of(Kpi kpi, in KpiAmount numerator, in KpiAmount denominator, KpiGap gap, KpiGap nothing) => Of(
        kpi, numerator, denominator, KpiUncertainty.Quotient(KpiBand.Of(numerator), KpiBand.Of(denominator)), gap, nothing);

    /// <summary>The same over a count, which nobody doubts.</summary>
    public static KpiValue Per(Kpi kpi, in KpiAmount numerator, double count, KpiGap gap, KpiGap nothing) => Of(
        kpi, numerator, Count(count, numerator.Tier), KpiBand.Of(numerator), gap, nothing);

    /// <summary>The same with a band that was worked out elsewhere.</summary>
    public static KpiValue Of(Kpi kpi, in KpiAmount numerator, in KpiAmount denominator, KpiBand band, KpiGap gap, KpiGap nothing)
    {
        // A denominator so small that the quotient overflows divides by nothing as well.
        if (!double.IsFinite(numerator.Value / denominator.Value)) gap = nothing;
        bool defined = gap == KpiGap.None;
        return new KpiValue
        {
            Kpi = kpi,
            Gap = gap,
            Numerator = numerator.Value,
            Denominator = denominator.Value,
            Tier = KpiUncertainty.Worst(numerator.Tier, denominator.Tier),
            Uncertainty = defined ? band.Uncertainty : null,
            IsUnbounded = defined && band.IsUnbounded,
            Target = KpiDefinition.Of(kpi).DefaultTarget,
        };
    }

    /// <summary>A count beside an amount: it does not change the tier.</summary>
    public static KpiAmount Count(double count, MeasurementTier tier) => new(count, tier, RelativeUncertainty.Symmetric(0));

    /// <summary>An amount as far as it is known: nothing where it is unavailable.</summary>
    public static KpiAmount Known(in KpiAmount amount) => amount.Tier == MeasurementTier.Unavailable ? default : amount;

    /// <summary>The gap of a metered energy: there is none unless something was metered.</summary>
    public static KpiGap GapOfEnergy(in KpiAmount energy) =>
        energy.Tier == MeasurementTier.Unavailable || energy.Value == 0 ? KpiGap.NoEnergy : KpiGap.None;
}
