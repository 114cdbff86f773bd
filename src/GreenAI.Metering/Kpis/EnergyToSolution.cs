namespace GreenAI.Metering;

/// <summary>Energy-to-Solution: kWh of all attempts, failed ones too, until the outcome was reached.</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. Attempts are metered by the same counters: their widths add. Where the outcome was not
/// reached there is no value (<see cref="KpiGap.NotAchieved"/>), and the energy spent is in the numerator.
/// </remarks>
public static class EnergyToSolution
{
    /// <summary>E2S of attempts in their order: all until the first that reached the outcome; what comes after it does not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An energy is negative or not finite.</exception>
    public static KpiValue Of(ReadOnlySpan<KpiAttempt> attempts)
    {
        KpiAmount sum = new(0, MeasurementTier.Measured, RelativeUncertainty.Symmetric(0));
        KpiBand band = KpiBand.Exact;
        bool reached = false;
        for (int i = 0; i < attempts.Length && !reached; i++)
        {
            KpiInput.Amount(attempts[i].KilowattHours, nameof(KpiAttempt.KilowattHours));
            KpiAmount attempt = KpiQuotient.Known(attempts[i].KilowattHours);
            band = KpiUncertainty.SumOfTogether(sum.Value, band, attempt.Value, KpiBand.Of(attempt));
            sum = new KpiAmount(sum.Value + attempt.Value, KpiUncertainty.Worst(sum.Tier, attempt.Tier), null);
            reached = attempts[i].Reached;
        }

        return Of(sum, band, attempts.Length, reached ? 1 : 0);
    }

    /// <summary>E2S of many solutions: the energy of all attempts / attempts that reached the outcome.</summary>
    /// <param name="kilowattHours">Energy of all attempts, in kWh.</param>
    /// <param name="attempts">How many there were.</param>
    /// <param name="solutions">How many of them reached the outcome.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite, or there are more solutions than attempts.</exception>
    public static KpiValue PerSolution(in KpiAmount kilowattHours, long attempts, long solutions)
    {
        KpiInput.Amount(kilowattHours, nameof(kilowattHours));
        KpiInput.Count(attempts, nameof(attempts));
        KpiInput.Count(solutions, nameof(solutions));
        if (solutions > attempts) KpiInput.Refuse(nameof(solutions), solutions, "at most the number of attempts: each reaches the outcome once");
        return Of(KpiQuotient.Known(kilowattHours), KpiBand.Of(kilowattHours), attempts, solutions);
    }

    private static KpiValue Of(in KpiAmount kilowattHours, KpiBand band, long attempts, long solutions) => KpiQuotient.Of(
        Kpi.EnergyToSolution, kilowattHours, KpiQuotient.Count(solutions, kilowattHours.Tier), band,
        KpiQuotient.GapOfEnergy(kilowattHours), attempts == 0 ? KpiGap.NoAttempt : KpiGap.NotAchieved);
}
