namespace GreenAI.Metering;

/// <summary>The books of grams: every microgram of operational and embodied carbon since metering began, by where it went.</summary>
/// <remarks>
/// <para>A snapshot: immutable and thread-safe.</para>
/// <para>
/// Behind the whole micrograms are exact products of microjoules and factors; each bucket is rounded down, and the totals are the
/// sums of the buckets. What lies between a total and the exact sum is less than a microgram a bucket, and does not grow.
/// </para>
/// </remarks>
public sealed class CarbonTotals
{
    internal const double LeastPricedShare = 0.95;

    /// <summary>Which account this is.</summary>
    public required CarbonMethod Method { get; init; }

    /// <summary>Which emissions of a kilowatt-hour it contains.</summary>
    public required CarbonBoundary Boundary { get; init; }

    /// <summary>The power usage effectiveness the operational grams contain; null when none is stated.</summary>
    public double? Pue { get; init; }

    /// <summary>Why there are no operational grams at the moment; <see cref="CarbonGap.None"/> when there are.</summary>
    public CarbonGap Gap { get; init; }

    /// <summary>The same for people, with what to do; null when nothing is missing.</summary>
    public string? Reason { get; init; }

    /// <summary>The factor that applied in the interval closed last; null when none did.</summary>
    public CarbonFactor? CurrentFactor { get; init; }

    /// <summary>The factors applied, oldest first.</summary>
    public IReadOnlyList<FactorUse> Factors { get; init; } = [];

    /// <summary>Energy a factor was applied to, as a fraction of all metered energy; 0 when there is none.</summary>
    public double PricedShare { get; init; }

    /// <summary>Of the energy a factor was applied to, the fraction that had to do with another than the first provider's.</summary>
    public double FallbackShare { get; init; }

    /// <summary>Each registered model, in order of registration.</summary>
    public required IReadOnlyList<CarbonModelTotals> Models { get; init; }

    /// <summary>Operational carbon of all priced energy; null when no energy was priced.</summary>
    public CarbonMass? Operational => Sum(model => model.Operational, OperationalIdle, OperationalUnattributed, OperationalOther);

    /// <summary>Of the idle floor; null when no energy was priced.</summary>
    public CarbonMass? OperationalIdle { get; init; }

    /// <summary>Of this process while no inference was active; null when no energy was priced.</summary>
    public CarbonMass? OperationalUnattributed { get; init; }

    /// <summary>Of other processes; null when no energy was priced.</summary>
    public CarbonMass? OperationalOther { get; init; }

    /// <summary>The hardware accounted for.</summary>
    public IReadOnlyList<EmbodiedItem> EmbodiedItems { get; init; } = [];

    /// <summary>Why there is no embodied carbon; null when there is.</summary>
    public string? EmbodiedReason { get; init; }

    /// <summary>Embodied carbon fallen due; null when it is not known.</summary>
    public CarbonMass? Embodied => Sum(model => model.Embodied, EmbodiedIdle);

    /// <summary>Of time in which no model was active on the hardware; null when it is not known.</summary>
    public CarbonMass? EmbodiedIdle { get; init; }

    /// <summary>Water for the metered energy by the site's WUE in litres; null when none is stated.</summary>
    public double? WaterLitres { get; init; }

    /// <summary>The site's water usage effectiveness in litres per kilowatt-hour; null when none is stated.</summary>
    public double? WueLitresPerKilowattHour { get; init; }

    /// <summary>The exact sum of all energy at its price less that of the buckets, embodied carbon likewise: 0, always.</summary>
    public CarbonMass Unaccounted { get; init; }

    /// <summary>The totals of a model by its name; null when no such model is registered.</summary>
    public CarbonModelTotals? Model(string name) => Models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    private CarbonMass? Sum(Func<CarbonModelTotals, CarbonMass?> part, params ReadOnlySpan<CarbonMass?> buckets)
    {
        CarbonMass sum = CarbonMass.Zero;
        foreach (CarbonMass? bucket in buckets)
        {
            if (bucket is not { } mass) return null;
            sum += mass;
        }

        foreach (CarbonModelTotals model in Models) sum += part(model) ?? CarbonMass.Zero;
        return sum;
    }
}
