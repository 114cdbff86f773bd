namespace GreenAI.Metering;

/// <summary>Embodied carbon of a time: SCI's M = TE × TiR / EL × RR / ToR.</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. Not to be summed with <see cref="EmbodiedRate"/>: both tell the same grams. A share of a
/// server with accelerators goes by their count, not by that of processors.
/// </remarks>
public static class EmbodiedCarbon
{
    /// <summary>M from its terms.</summary>
    /// <param name="totalGrams">TE: embodied grams of the whole device or server.</param>
    /// <param name="lifespan">EL: how long it is expected to serve; null where nobody says, which makes M undefined, not zero.</param>
    /// <param name="time">TiR: how long it was reserved; at most the lifespan.</param>
    /// <param name="reserved">RR: how much of it was reserved (accelerators, where it has any; else vCPUs).</param>
    /// <param name="available">ToR: how much of it there is.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is negative or not finite, the lifespan does not last, more is reserved than there is, or for longer than it lasts.
    /// </exception>
    public static KpiValue Of(in KpiAmount totalGrams, TimeSpan? lifespan, TimeSpan time, double reserved, double available)
    {
        KpiInput.Amount(totalGrams, nameof(totalGrams));
        KpiInput.NotNegative(time, nameof(time));
        KpiInput.NotNegative(reserved, nameof(reserved));
        KpiInput.NotNegative(available, nameof(available));
        if (available > 0 && reserved > available) KpiInput.Refuse(nameof(reserved), reserved, "at most what is available");
        KpiGap gap = available > 0 ? GapOf(totalGrams, lifespan) : KpiGap.NoCapacity;
        if (lifespan is { } known && time > known) KpiInput.Refuse(nameof(time), time, "at most the lifespan: what has served its life emits no more");
        double share = gap == KpiGap.None ? time / lifespan!.Value * (reserved / available) : 0;
        return OfKnown(totalGrams with { Value = gap == KpiGap.None ? totalGrams.Value * share : 0 }, gap) with { Window = time };
    }

    /// <summary>M of grams that accrued elsewhere, device by device.</summary>
    /// <param name="grams">Embodied grams of the window; unavailable where none are stated, which is not zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grams are negative or not finite.</exception>
    public static KpiValue OfAccrued(in KpiAmount grams)
    {
        KpiInput.Amount(grams, nameof(grams));
        return OfKnown(KpiQuotient.Known(grams), grams.Tier == MeasurementTier.Unavailable ? KpiGap.NoEmbodied : KpiGap.None);
    }

    /// <summary>What is missing of embodied figures; refuses a lifespan that does not last.</summary>
    internal static KpiGap GapOf(in KpiAmount totalGrams, TimeSpan? lifespan)
    {
        if (lifespan is { } known) KpiInput.Duration(known, nameof(lifespan));
        return lifespan is null || totalGrams.Tier == MeasurementTier.Unavailable ? KpiGap.NoEmbodied : KpiGap.None;
    }

    private static KpiValue OfKnown(in KpiAmount grams, KpiGap gap) => KpiQuotient.Per(Kpi.EmbodiedCarbon, grams, 1, gap, KpiGap.NoEmbodied);
}
