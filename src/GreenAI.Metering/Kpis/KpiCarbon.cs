namespace GreenAI.Metering;

/// <summary>Operational grams that go into an indicator, or why there are none.</summary>
/// <remarks>Immutable and thread-safe. The default says that nothing was metered.</remarks>
public readonly record struct KpiCarbon
{
    /// <summary>Below this share of energy with a factor the sum would be too low to show.</summary>
    internal const double LeastShare = 0.95;

    private const double JoulesPerKilowattHour = 3.6e6;

    /// <summary>The grams, as far as factors applied.</summary>
    public KpiAmount Grams { get; private init; }

    /// <summary>Why a factor is missing, for all of the energy or for some; <see cref="CarbonGap.None"/> when none is.</summary>
    public CarbonGap CarbonGap { get; private init; }

    /// <summary>Why they cannot be used; <see cref="KpiGap.None"/> when they can.</summary>
    public KpiGap Gap
    {
        get => field == KpiGap.None && Grams.Tier == MeasurementTier.Unavailable ? KpiGap.NoEnergy : field;
        private init;
    }

    /// <summary>Nothing was metered: no device was read, or the counters rose no more than the floor.</summary>
    public static KpiCarbon NotMetered => default;

    /// <summary>Grams of an energy at one intensity: joules × PUE × g/kWh / 3.6e6.</summary>
    /// <param name="joules">The energy of the computers, in joules; none makes <see cref="NotMetered"/>.</param>
    /// <param name="pue">The overhead of the data centre, 1 or more.</param>
    /// <param name="intensity">The grid's intensity, in g CO2e/kWh, with its band: unknown makes the band of the grams unknown.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite, or the PUE is below 1.</exception>
    public static KpiCarbon OfEnergy(in KpiAmount joules, double pue, in KpiAmount intensity)
    {
        KpiInput.Amount(joules, nameof(joules));
        KpiInput.Pue(pue, nameof(pue));
        KpiInput.Amount(intensity, nameof(intensity));
        if (KpiQuotient.GapOfEnergy(joules) != KpiGap.None) return NotMetered;
        if (intensity.Tier == MeasurementTier.Unavailable) return Missing(CarbonGap.NotConfigured);
        return OfGrams(new KpiAmount(
            joules.Value * pue * intensity.Value / JoulesPerKilowattHour,
            KpiUncertainty.Worst(joules.Tier, intensity.Tier),
            KpiUncertainty.Product(KpiBand.Of(joules), KpiBand.Of(intensity)).Uncertainty));
    }

    /// <summary>Grams that were summed elsewhere, with a factor for all of the energy.</summary>
    /// <param name="grams">The grams. Zero says that the energy was clean, not that none was metered.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grams are negative or not finite.</exception>
    public static KpiCarbon OfGrams(in KpiAmount grams)
    {
        KpiInput.Amount(grams, nameof(grams));
        return grams.Tier == MeasurementTier.Unavailable ? NotMetered : new KpiCarbon { Grams = grams };
    }

    /// <summary>Grams that were summed elsewhere, where some of the energy had no factor.</summary>
    /// <param name="grams">The grams of the energy that had one.</param>
    /// <param name="share">The share of the energy that had one: below 0.95 there is no indicator, from there on its band is wider above.</param>
    /// <param name="gap">Why the rest had none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grams are negative or not finite, or the share is not from 0 to 1.</exception>
    public static KpiCarbon OfPart(in KpiAmount grams, double share, CarbonGap gap)
    {
        KpiInput.Fraction(share, nameof(share));
        KpiCarbon known = OfGrams(grams);
        if (share >= 1 || known.Gap != KpiGap.None) return known;
        if (share == 0) return Missing(gap);
        return known with
        {
            Grams = grams with { Uncertainty = KpiUncertainty.OfPart(KpiBand.Of(grams), share).Uncertainty },
            CarbonGap = gap,
            Gap = share < LeastShare ? KpiGap.PartialCarbon : KpiGap.None,
        };
    }

    /// <summary>No factor applied to any of the energy.</summary>
    /// <param name="gap">Why.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap is <see cref="CarbonGap.None"/>.</exception>
    public static KpiCarbon Missing(CarbonGap gap)
    {
        if (gap == CarbonGap.None) KpiInput.Refuse(nameof(gap), gap, "a reason why there is no factor");
        return new KpiCarbon { CarbonGap = gap, Gap = KpiGap.NoCarbonFactor };
    }
}
