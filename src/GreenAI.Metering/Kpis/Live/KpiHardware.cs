namespace GreenAI.Metering;

/// <summary>What hardware was made at, as indicators take it: worked out once.</summary>
/// <param name="Grams">Embodied grams of a lifespan; unavailable where not all is stated.</param>
/// <param name="Lifespan">How long it serves; null where nobody says.</param>
internal readonly record struct KpiHardware(KpiAmount Grams, TimeSpan? Lifespan)
{
    public static KpiHardware Of(IReadOnlyList<EmbodiedItem> items, bool known)
    {
        if (!known) return default;
        // Of one lifespan, its totals; of several, what falls due in an hour.
        bool alike = items.All(item => item.Lifespan == items[0].Lifespan);
        TimeSpan lifespan = alike ? items[0].Lifespan!.Value : TimeSpan.FromHours(1);
        double grams = items.Sum(Hourly) * lifespan.TotalHours;
        return new KpiHardware(new KpiAmount(grams, MeasurementTier.Modelled, Band(items)), lifespan);
    }

    // Pieces of different makers err apart, but whoever states them errs alike: the wider reading, by weight.
    private static RelativeUncertainty? Band(IReadOnlyList<EmbodiedItem> items)
    {
        double sum = items.Sum(Hourly);
        if (sum <= 0 || items.Any(item => item.Uncertainty is null)) return null;
        return new RelativeUncertainty(
            items.Sum(item => Hourly(item) * item.Uncertainty!.Value.Below) / sum, items.Sum(item => Hourly(item) * item.Uncertainty!.Value.Above) / sum);
    }

    private static double Hourly(EmbodiedItem item) => item.Total.GramsCO2e * item.Share / item.Lifespan!.Value.TotalHours;
}
