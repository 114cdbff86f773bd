namespace GreenAI.Metering;

/// <summary>Renewable Energy Matching: min(green, load) / load, over the whole period and hour by hour.</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. At most 1, as in ISO/IEC 30134-3; green energy beyond the load is in
/// <see cref="KpiValue.Surplus"/>. It says what was bought and must not lower SCI. The band is worked out by moving green energy
/// and load one after the other.
/// </remarks>
public static class RenewableMatching
{
    // A load that may be nothing is matched by any green energy there is.
    private const double AlmostNothing = 1e-9;

    /// <summary>REM of a period, the annual one: surplus of one hour makes up for another.</summary>
    /// <param name="greenKilowattHours">Green energy of the period in kWh, contracted or generated; unavailable when none was reported.</param>
    /// <param name="loadKilowattHours">Load of the period in kWh.</param>
    /// <exception cref="ArgumentOutOfRangeException">An energy is negative or not finite.</exception>
    public static KpiValue OfPeriod(in KpiAmount greenKilowattHours, in KpiAmount loadKilowattHours)
    {
        KpiInput.Amount(greenKilowattHours, nameof(greenKilowattHours));
        KpiInput.Amount(loadKilowattHours, nameof(loadKilowattHours));
        KpiAmount green = KpiQuotient.Known(greenKilowattHours), load = KpiQuotient.Known(loadKilowattHours);
        double given = green.Value, needed = load.Value;
        return Of(
            Kpi.RenewableMatching, new ReadOnlySpan<double>(in given), new ReadOnlySpan<double>(in needed), green.Tier, load.Tier,
            KpiBand.Of(green), KpiBand.Of(load));
    }

    /// <summary>REM-h of hours: Σ min(green, load) / Σ load, nothing carried over.</summary>
    /// <param name="greenKilowattHours">Green energy of each hour in kWh.</param>
    /// <param name="loadKilowattHours">Load of each hour in kWh.</param>
    /// <param name="tier">The worst tier of them; unavailable makes it undefined.</param>
    /// <param name="greenUncertainty">The relative band of green energy, alike in all hours; null when nobody knows.</param>
    /// <param name="loadUncertainty">The relative band of the load, alike in all hours; null when nobody knows.</param>
    /// <exception cref="ArgumentOutOfRangeException">An energy is negative or not finite.</exception>
    /// <exception cref="ArgumentException">There are not as many hours of one as of the other.</exception>
    public static KpiValue Hourly(
        ReadOnlySpan<double> greenKilowattHours, ReadOnlySpan<double> loadKilowattHours, MeasurementTier tier,
        RelativeUncertainty? greenUncertainty, RelativeUncertainty? loadUncertainty)
    {
        if (greenKilowattHours.Length != loadKilowattHours.Length)
            throw new ArgumentException("greenKilowattHours and loadKilowattHours differ in length; each needs a number per hour.", nameof(greenKilowattHours));
        foreach (double green in greenKilowattHours) KpiInput.NotNegative(green, nameof(greenKilowattHours));
        foreach (double load in loadKilowattHours) KpiInput.NotNegative(load, nameof(loadKilowattHours));
        return Hourly(greenKilowattHours, loadKilowattHours, tier, tier, greenUncertainty, loadUncertainty);
    }

    /// <summary>The same of hours that are sound, where it is told apart which of the two is unavailable.</summary>
    internal static KpiValue Hourly(
        ReadOnlySpan<double> greenKilowattHours, ReadOnlySpan<double> loadKilowattHours, MeasurementTier greenTier, MeasurementTier loadTier,
        RelativeUncertainty? greenUncertainty, RelativeUncertainty? loadUncertainty) => Of(
            Kpi.HourlyRenewableMatching, greenKilowattHours, loadKilowattHours, greenTier, loadTier,
            KpiBand.Of(greenUncertainty), KpiBand.Of(loadUncertainty));

    /// <summary>REM-h of sums over hours that were kept elsewhere.</summary>
    /// <param name="matchedKilowattHours">Σ min(green, load) in kWh; unavailable when no green energy was reported.</param>
    /// <param name="loadKilowattHours">Σ load in kWh.</param>
    /// <param name="surplusKilowattHours">Σ max(0, green − load) in kWh.</param>
    /// <remarks>The sums do not tell how hours move: matched energy and load are taken as independent, which is the wider band.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An energy is negative or not finite, or more is matched than was load.</exception>
    public static KpiValue Hourly(in KpiAmount matchedKilowattHours, in KpiAmount loadKilowattHours, double surplusKilowattHours)
    {
        KpiInput.Amount(matchedKilowattHours, nameof(matchedKilowattHours));
        KpiInput.Amount(loadKilowattHours, nameof(loadKilowattHours));
        KpiInput.NotNegative(surplusKilowattHours, nameof(surplusKilowattHours));
        KpiAmount matched = KpiQuotient.Known(matchedKilowattHours), load = KpiQuotient.Known(loadKilowattHours);
        KpiGap gap = GapOf(matched.Tier, load.Tier);
        if (gap == KpiGap.None && matched.Value > load.Value)
            KpiInput.Refuse(nameof(matchedKilowattHours), matched.Value, "at most the load: what is beyond it is surplus");
        KpiBand band = KpiUncertainty.AtMostOne(matched.Value / load.Value, KpiUncertainty.Quotient(KpiBand.Of(matched), KpiBand.Of(load)));
        KpiValue value = KpiQuotient.Of(Kpi.HourlyRenewableMatching, matched, load, band, gap, gap == KpiGap.None ? KpiGap.NoLoad : gap);
        return WithSurplus(value, surplusKilowattHours);
    }

    private static KpiValue Of(
        Kpi kpi, ReadOnlySpan<double> green, ReadOnlySpan<double> load, MeasurementTier greenTier, MeasurementTier loadTier,
        KpiBand greenBand, KpiBand loadBand)
    {
        (double matched, double total, double surplus) = Match(green, load, 1, 1);
        double value = matched / total;
        KpiBand band = KpiUncertainty.OfMoves(
            value,
            value - Share(green, load, 1 - greenBand.Below, 1), Share(green, load, 1 + greenBand.Above, 1) - value,
            value - Share(green, load, 1, 1 + loadBand.Above), Share(green, load, 1, Math.Max(1 - loadBand.Below, AlmostNothing)) - value);
        KpiGap gap = GapOf(greenTier, loadTier);
        // Two moves that each stay below 1 can reach beyond it together.
        KpiValue result = KpiQuotient.Of(
            kpi, new KpiAmount(matched, greenTier, null), new KpiAmount(total, loadTier, null), KpiUncertainty.AtMostOne(value, band), gap,
            gap == KpiGap.None ? KpiGap.NoLoad : gap);
        return WithSurplus(result, surplus);
    }

    // From what has no value nothing was cut off.
    private static KpiValue WithSurplus(in KpiValue value, double surplus) => value.Gap == KpiGap.None ? value with { Surplus = surplus } : value;

    private static double Share(ReadOnlySpan<double> green, ReadOnlySpan<double> load, double greenMoved, double loadMoved)
    {
        (double matched, double total, _) = Match(green, load, greenMoved, loadMoved);
        return matched / total;
    }

    private static (double Matched, double Total, double Surplus) Match(
        ReadOnlySpan<double> green, ReadOnlySpan<double> load, double greenMoved, double loadMoved)
    {
        double matched = 0, total = 0, surplus = 0;
        for (int i = 0; i < green.Length; i++)
        {
            double given = green[i] * greenMoved, needed = load[i] * loadMoved, met = Math.Min(given, needed);
            matched += met;
            total += needed;
            surplus += given - met;
        }

        return (matched, total, surplus);
    }

    private static KpiGap GapOf(MeasurementTier green, MeasurementTier load) =>
        green == MeasurementTier.Unavailable ? KpiGap.NoRenewables
        : load == MeasurementTier.Unavailable ? KpiGap.NoEnergy
        : KpiGap.None;
}
