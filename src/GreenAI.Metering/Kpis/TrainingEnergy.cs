namespace GreenAI.Metering;

/// <summary>The energy of a training, measured or from its FLOPs, and over how many inferences it is spread.</summary>
/// <remarks>Immutable and thread-safe. The default says that none was reported, which is not none.</remarks>
public readonly record struct TrainingEnergy
{
    private const double JoulesPerKilowattHour = 3.6e6;

    /// <summary>The energy of the whole training, in kWh.</summary>
    public KpiAmount KilowattHours { get; private init; }

    /// <summary>How many inferences the model will serve in its life; null spreads nothing: each window carries all of it.</summary>
    public double? LifetimeInferences { get; private init; }

    /// <summary>Whether it comes from FLOPs rather than from counters.</summary>
    public bool IsFromFlops { get; private init; }

    /// <summary>Why the energy is not known; <see cref="KpiGap.None"/> when it is.</summary>
    public KpiGap Gap
    {
        get => field == KpiGap.None && KilowattHours.Tier == MeasurementTier.Unavailable ? KpiGap.NoTraining : field;
        private init;
    }

    /// <summary>There is none to count: the model was not trained, or its training lies outside what is looked at.</summary>
    public static TrainingEnergy None => OfEnergy(new KpiAmount(0, MeasurementTier.Measured, RelativeUncertainty.Symmetric(0)));

    /// <summary>Of an energy that was metered or is stated.</summary>
    /// <param name="kilowattHours">The energy of the whole training, in kWh, of the same boundary as that of inference.</param>
    /// <exception cref="ArgumentOutOfRangeException">The energy is negative or not finite.</exception>
    public static TrainingEnergy OfEnergy(in KpiAmount kilowattHours)
    {
        KpiInput.Amount(kilowattHours, nameof(kilowattHours));
        return new TrainingEnergy { KilowattHours = KpiQuotient.Known(kilowattHours) };
    }

    /// <summary>Of a metered region: what this process took, and the idle floor meanwhile; not what other processes took.</summary>
    /// <param name="reading">The reading of the region's window.</param>
    public static TrainingEnergy OfReading(EnergyReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Total is not { } total || reading.Tier == MeasurementTier.Unavailable
            ? default
            : OfEnergy(new KpiAmount((total - (reading.Other ?? GreenAI.Metering.Energy.Zero)).KilowattHours, reading.Tier, reading.Uncertainty));
    }

    /// <summary>Of the operations it took: FLOPs / (FLOP/J) × PUE / 3.6e6. Modelled.</summary>
    /// <param name="flops">Floating point operations of the whole training.</param>
    /// <param name="flopsPerJoule">What the hardware does per joule at the utilisation it reached; null makes the energy unknown.</param>
    /// <param name="pue">The overhead of the data centre; 1 where the energy of inference has none in it either.</param>
    /// <param name="uncertainty">How far the truth may lie from it; null when nobody knows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite, FLOP/J is 0, or the PUE is below 1.</exception>
    public static TrainingEnergy FromFlops(double flops, double? flopsPerJoule, double pue, RelativeUncertainty? uncertainty)
    {
        KpiInput.NotNegative(flops, nameof(flops));
        KpiInput.Pue(pue, nameof(pue));
        if (flopsPerJoule is not { } efficiency) return new TrainingEnergy { IsFromFlops = true, Gap = KpiGap.NoFlopsPerJoule };
        KpiInput.Positive(efficiency, nameof(flopsPerJoule));
        double kilowattHours = flops / efficiency * pue / JoulesPerKilowattHour;
        KpiInput.NotNegative(kilowattHours, nameof(kilowattHours));
        return new TrainingEnergy { KilowattHours = new KpiAmount(kilowattHours, MeasurementTier.Modelled, uncertainty), IsFromFlops = true };
    }

    /// <summary>The same training spread over the inferences of the model's life.</summary>
    /// <param name="lifetimeInferences">How many it will serve.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0 and finite.</exception>
    public TrainingEnergy SpreadOver(double lifetimeInferences)
    {
        KpiInput.Positive(lifetimeInferences, nameof(lifetimeInferences));
        return this with { LifetimeInferences = lifetimeInferences };
    }

    /// <summary>The share that a number of inferences carries: n / N, at most all of it.</summary>
    internal double ShareOf(long inferences) => LifetimeInferences is { } lifetime ? Math.Min(1, inferences / lifetime) : 1;
}
