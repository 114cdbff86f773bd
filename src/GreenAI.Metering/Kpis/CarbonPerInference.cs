namespace GreenAI.Metering;

/// <summary>Carbon per Inference: CPI over completed and over successful inferences, and marginal CPI.</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. Where something is missing the numerator is the sum of what is known. Operational and
/// embodied grams are of independent origin: their widths join by the root of the sum of squares.
/// </remarks>
public static class CarbonPerInference
{
    /// <summary>CPI: (operational + embodied grams, idle included) / completed inferences, the guide's denominator.</summary>
    /// <param name="operational">Operational grams of the window, idle included.</param>
    /// <param name="embodiedGrams">Embodied grams of the window; unavailable where none are stated, which is not zero.</param>
    /// <param name="completed">Inferences that ended, failed ones too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public static KpiValue PerCompleted(in KpiCarbon operational, in KpiAmount embodiedGrams, long completed)
    {
        KpiInput.Count(completed, nameof(completed));
        return PerUnit(Kpi.CarbonPerInference, operational, embodiedGrams, nameof(embodiedGrams), completed, KpiGap.NoInference);
    }

    /// <summary>CPI-S: the same grams, those of failed inferences too, / inferences that gave a result.</summary>
    /// <param name="operational">Operational grams of the window, idle included.</param>
    /// <param name="embodiedGrams">Embodied grams of the window; unavailable where none are stated, which is not zero.</param>
    /// <param name="succeeded">Inferences that gave a result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public static KpiValue PerSuccess(in KpiCarbon operational, in KpiAmount embodiedGrams, long succeeded)
    {
        KpiInput.Count(succeeded, nameof(succeeded));
        return PerUnit(Kpi.CarbonPerSuccess, operational, embodiedGrams, nameof(embodiedGrams), succeeded, KpiGap.NoSuccess);
    }

    /// <summary>mCPI: operational grams above the idle floor / completed inferences, what one more costs.</summary>
    /// <param name="marginal">Operational grams above the idle floor.</param>
    /// <param name="completed">Inferences that ended.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public static KpiValue Marginal(in KpiCarbon marginal, long completed)
    {
        KpiInput.Count(completed, nameof(completed));
        KpiValue value = KpiQuotient.Per(Kpi.MarginalCarbonPerInference, marginal.Grams, completed, marginal.Gap, KpiGap.NoInference);
        return value with { CarbonGap = marginal.CarbonGap };
    }

    /// <summary>(O + M) / R: what CPI and SCI share.</summary>
    internal static KpiValue PerUnit(
        Kpi kpi, in KpiCarbon operational, in KpiAmount embodiedGrams, string embodiedName, double units, KpiGap nothing)
    {
        KpiInput.Amount(embodiedGrams, embodiedName);
        KpiAmount grams = operational.Grams, embodied = KpiQuotient.Known(embodiedGrams);
        KpiAmount sum = new(grams.Value + embodied.Value, KpiUncertainty.Worst(grams.Tier, embodied.Tier), null);
        KpiBand band = KpiUncertainty.SumOfIndependent(grams.Value, KpiBand.Of(grams), embodied.Value, KpiBand.Of(embodied));
        KpiGap gap = operational.Gap != KpiGap.None ? operational.Gap
            : embodiedGrams.Tier == MeasurementTier.Unavailable ? KpiGap.NoEmbodied
            : KpiGap.None;
        KpiValue value = KpiQuotient.Of(kpi, sum, KpiQuotient.Count(units, sum.Tier), band, gap, nothing);
        return value with { CarbonGap = operational.CarbonGap };
    }
}
