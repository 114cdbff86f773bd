namespace GreenAI.Metering;

/// <summary>Model Efficiency Ratio: accuracy / (allocated training kWh + inference kWh).</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. Accuracy is taken as stated. Metered training and inference err together, as they are read
/// by counters of one kind: their widths add; a training from FLOPs is independent. <see cref="AsTheGuideWritesIt"/> gives the
/// guide's own formula.
/// </remarks>
public static class ModelEfficiencyRatio
{
    /// <summary>MER of a window: it falls with traffic.</summary>
    /// <param name="accuracy">Accuracy from 0 to 1; null when none was reported.</param>
    /// <param name="training">The energy of the training; n / N of it is allocated where its lifetime is known.</param>
    /// <param name="inferenceKilowattHours">Energy of the window in kWh, idle included.</param>
    /// <param name="inferences">Inferences that ended in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is not from 0 to 1, or a number is negative or not finite.</exception>
    public static KpiValue Of(double? accuracy, in TrainingEnergy training, in KpiAmount inferenceKilowattHours, long inferences) =>
        Of(Kpi.ModelEfficiencyRatio, accuracy, training, inferenceKilowattHours, inferences, 1, KpiGap.None);

    /// <summary>MER-1k of a window: of 1,000 of its inferences, so that it does not fall with traffic.</summary>
    /// <param name="accuracy">Accuracy from 0 to 1; null when none was reported.</param>
    /// <param name="training">The energy of the training; spread over the inferences of this window where its lifetime is not known.</param>
    /// <param name="inferenceKilowattHours">Energy of the window in kWh, idle included.</param>
    /// <param name="inferences">Inferences that ended in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is not from 0 to 1, or a number is negative or not finite.</exception>
    public static KpiValue PerThousand(double? accuracy, in TrainingEnergy training, in KpiAmount inferenceKilowattHours, long inferences) => Of(
        Kpi.ModelEfficiencyRatioPerThousand, accuracy, training, inferenceKilowattHours, inferences,
        inferences > 0 ? 1000.0 / inferences : 0, inferences > 0 ? KpiGap.None : KpiGap.NoInference);

    /// <summary>The guide's own formula, accuracy / (FLOPs + energy), and its accuracy per watt: to be shown beside, with why not.</summary>
    /// <param name="accuracy">Accuracy from 0 to 1.</param>
    /// <param name="flops">FLOPs of training and inference.</param>
    /// <param name="kilowattHours">Energy of training and inference.</param>
    /// <param name="meanWatts">Mean power in watts; null where it is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is not from 0 to 1, or a number is negative or not finite.</exception>
    public static GuideModelEfficiency AsTheGuideWritesIt(double accuracy, double flops, double kilowattHours, double? meanWatts)
    {
        KpiInput.Fraction(accuracy, nameof(accuracy));
        KpiInput.NotNegative(flops, nameof(flops));
        KpiInput.NotNegative(kilowattHours, nameof(kilowattHours));
        KpiInput.NotNegative(meanWatts ?? 0, nameof(meanWatts));
        return new GuideModelEfficiency(accuracy, flops, kilowattHours, meanWatts);
    }

    private static KpiValue Of(
        Kpi kpi, double? accuracy, in TrainingEnergy training, in KpiAmount inferenceKilowattHours, long inferences, double scale, KpiGap gap)
    {
        KpiInput.Fraction(accuracy ?? 0, nameof(accuracy));
        KpiInput.Amount(inferenceKilowattHours, nameof(inferenceKilowattHours));
        KpiInput.Count(inferences, nameof(inferences));
        KpiAmount inference = KpiQuotient.Known(inferenceKilowattHours), trained = training.KilowattHours;
        double allocated = trained.Value * training.ShareOf(inferences);
        KpiBand band = training.IsFromFlops
            ? KpiUncertainty.SumOfIndependent(allocated, KpiBand.Of(trained), inference.Value, KpiBand.Of(inference))
            : KpiUncertainty.SumOfTogether(allocated, KpiBand.Of(trained), inference.Value, KpiBand.Of(inference));
        KpiAmount energy = new((allocated + inference.Value) * scale, KpiUncertainty.Worst(trained.Tier, inference.Tier), null);
        if (gap == KpiGap.None) gap = GapOf(accuracy, training, inference);
        return KpiQuotient.Of(
            kpi, KpiQuotient.Count(accuracy ?? 0, energy.Tier), energy, KpiUncertainty.Inverse(band), gap,
            gap == KpiGap.None ? KpiGap.NoEnergy : gap);
    }

    private static KpiGap GapOf(double? accuracy, in TrainingEnergy training, in KpiAmount inference) =>
        accuracy is null ? KpiGap.NoAccuracy
        : training.Gap != KpiGap.None ? training.Gap
        : inference.Tier == MeasurementTier.Unavailable ? KpiGap.NoEnergy
        : KpiGap.None;
}
