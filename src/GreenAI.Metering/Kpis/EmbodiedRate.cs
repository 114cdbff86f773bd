namespace GreenAI.Metering;

/// <summary>Embodied Carbon Amortisation, the guide's: total embodied grams / (lifespan × utilisation), grams per useful hour.</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. Not to be summed with <see cref="EmbodiedCarbon"/>: both tell the same grams, this one
/// spread over busy hours only.
/// </remarks>
public static class EmbodiedRate
{
    /// <summary>ECA: grams per useful hour.</summary>
    /// <param name="totalGrams">TE: embodied grams of the device or server.</param>
    /// <param name="lifespan">How long it is expected to serve; null where nobody says, which makes the rate undefined, not zero.</param>
    /// <param name="utilization">The share of that time it is useful, from 0 to 1; 0 makes the rate undefined.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The grams are negative or not finite, the lifespan does not last, or the utilisation is not from 0 to 1.
    /// </exception>
    public static KpiValue Of(in KpiAmount totalGrams, TimeSpan? lifespan, in KpiAmount utilization)
    {
        KpiInput.Amount(totalGrams, nameof(totalGrams));
        KpiInput.Amount(utilization, nameof(utilization));
        KpiAmount used = KpiQuotient.Known(utilization);
        KpiInput.Fraction(used.Value, nameof(utilization));
        KpiGap gap = EmbodiedCarbon.GapOf(totalGrams, lifespan);
        return KpiQuotient.Of(
            Kpi.EmbodiedRate, KpiQuotient.Known(totalGrams), used with { Value = used.Value * (lifespan ?? default).TotalHours }, gap,
            gap == KpiGap.None ? KpiGap.NoUtilization : gap);
    }
}
