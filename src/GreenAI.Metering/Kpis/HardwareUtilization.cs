namespace GreenAI.Metering;

/// <summary>Hardware Utilisation Efficiency of a device class: Σ(utilisation × capacity × time) / Σ(provisioned capacity × time).</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. What exceeds the capacity is cut off and told in <see cref="KpiValue.Surplus"/>; a
/// utilisation above 2 is no jitter but a percentage, and is refused. Estimators differ: <c>nvml-time</c> says that some kernel
/// ran, <c>dcgm-sm-active</c> and <c>mfu</c> how much of the device worked; so each value names its own.
/// </remarks>
public static class HardwareUtilization
{
    // 5 %: one of 20.
    private const int SustainedPart = 20;
    private const double Impossible = 2;

    /// <summary>HUE of devices over times: provisioned devices that did nothing are in it with a utilisation of 0.</summary>
    /// <param name="uses">A row per device and time.</param>
    /// <param name="estimator">Device class and estimator, for reports: <c>gpu, nvml-time</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite, or a utilisation is above 2.</exception>
    /// <exception cref="ArgumentException">The estimator has no name.</exception>
    public static KpiValue Of(ReadOnlySpan<KpiUse> uses, string estimator)
    {
        Named(estimator);
        double used = 0, provisioned = 0, surplus = 0, below = 0, above = 0;
        var tier = MeasurementTier.Measured;
        foreach (ref readonly KpiUse use in uses)
        {
            KpiInput.Amount(use.Utilization, nameof(KpiUse.Utilization));
            KpiInput.NotNegative(use.Capacity, nameof(KpiUse.Capacity));
            KpiInput.NotNegative(use.Duration, nameof(KpiUse.Duration));
            KpiAmount utilization = KpiQuotient.Known(use.Utilization);
            double share = AtMostOne(utilization.Value, nameof(KpiUse.Utilization)), hours = use.Capacity * use.Duration.TotalHours;
            KpiBand band = KpiUncertainty.AtMostOne(utilization.Value, KpiBand.Of(utilization));
            used += share * hours;
            provisioned += hours;
            surplus += (utilization.Value - share) * hours;
            below += share * hours * band.Below;
            above += share * hours * band.Above;
            tier = KpiUncertainty.Worst(tier, utilization.Tier);
        }

        // Rows are read by one estimator and err together: their widths add.
        return Of(new KpiAmount(used, tier, null), KpiUncertainty.OfMoves(used, below, above, 0, 0), provisioned, surplus, estimator);
    }

    /// <summary>HUE of sums that were kept elsewhere.</summary>
    /// <param name="usedCapacityHours">Σ(utilisation × capacity × hours).</param>
    /// <param name="provisionedCapacityHours">Σ(capacity × hours) of all provisioned devices, loaded or not.</param>
    /// <param name="estimator">Device class and estimator, for reports: <c>gpu, nvml-time</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The estimator has no name.</exception>
    public static KpiValue Of(in KpiAmount usedCapacityHours, double provisionedCapacityHours, string estimator)
    {
        Named(estimator);
        KpiInput.Amount(usedCapacityHours, nameof(usedCapacityHours));
        KpiInput.NotNegative(provisionedCapacityHours, nameof(provisionedCapacityHours));
        KpiAmount used = KpiQuotient.Known(usedCapacityHours);
        double cut = Math.Min(used.Value, provisionedCapacityHours);
        KpiBand band = KpiUncertainty.AtMostOne(used.Value / provisionedCapacityHours, KpiBand.Of(used));
        return Of(used with { Value = cut }, band, provisionedCapacityHours, used.Value - cut, estimator);
    }

    /// <summary>
    /// Sustained utilisation: the 5th percentile of one-minute means by nearest rank, the value at place ⌈0.05 · n⌉ of the n means
    /// in ascending order; of up to 20 means, the lowest.
    /// </summary>
    /// <param name="oneMinuteMeans">Means of whole minutes, in any order; none makes it undefined: too early.</param>
    /// <param name="scratch">Room for a twentieth as many numbers, rounded up, to work in.</param>
    /// <param name="tier">How they were read; unavailable makes it undefined.</param>
    /// <param name="uncertainty">The relative band of each, alike for all; null when nobody knows.</param>
    /// <param name="estimator">Device class and estimator, for reports: <c>gpu, nvml-time</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A mean is negative, above 2 or not a number.</exception>
    /// <exception cref="ArgumentException">The estimator has no name, or the room is too small.</exception>
    public static KpiValue Sustained(
        ReadOnlySpan<double> oneMinuteMeans, Span<double> scratch, MeasurementTier tier, RelativeUncertainty? uncertainty, string estimator)
    {
        Named(estimator);
        if (scratch.Length < Place(oneMinuteMeans.Length))
            throw new ArgumentException("scratch is too small; it must have room for a twentieth of the one-minute means, rounded up.", nameof(scratch));
        foreach (double mean in oneMinuteMeans) AtMostOne(mean, nameof(oneMinuteMeans));
        KpiGap gap = tier == MeasurementTier.Unavailable ? KpiGap.NotRead : oneMinuteMeans.IsEmpty ? KpiGap.TooEarly : KpiGap.None;
        double value = gap == KpiGap.None ? NearestRank(oneMinuteMeans, scratch) : 0, cut = Math.Min(1, value);
        KpiValue sustained = KpiQuotient.Of(
            Kpi.SustainedHardwareUtilization, new KpiAmount(cut, tier, uncertainty), KpiQuotient.Count(1, tier),
            KpiUncertainty.AtMostOne(value, KpiBand.Of(uncertainty)), gap, KpiGap.NotRead);
        return sustained with { Surplus = value - cut, Qualifier = estimator };
    }

    // The lowest twentieth is kept in a heap with its highest on top, which in the end is the one at the place: a day of minutes is
    // looked through once and not sorted.
    private static double NearestRank(ReadOnlySpan<double> values, Span<double> scratch)
    {
        Span<double> heap = scratch[..Place(values.Length)];
        values[..heap.Length].CopyTo(heap);
        for (int i = (heap.Length / 2) - 1; i >= 0; i--) SiftDown(heap, i);
        foreach (double value in values[heap.Length..])
        {
            if (value >= heap[0]) continue;
            heap[0] = value;
            SiftDown(heap, 0);
        }

        return heap[0];
    }

    private static void SiftDown(Span<double> heap, int at)
    {
        double value = heap[at];
        for (int child = (2 * at) + 1; child < heap.Length; child = (2 * at) + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1] > heap[child]) child++;
            if (heap[child] <= value) break;
            heap[at] = heap[child];
            at = child;
        }

        heap[at] = value;
    }

    private static int Place(int count) => (count + SustainedPart - 1) / SustainedPart;

    private static KpiValue Of(in KpiAmount used, KpiBand band, double provisioned, double surplus, string estimator)
    {
        KpiGap gap = used.Tier == MeasurementTier.Unavailable ? KpiGap.NotRead : KpiGap.None;
        KpiValue value = KpiQuotient.Of(
            Kpi.HardwareUtilization, used, KpiQuotient.Count(provisioned, used.Tier), band, gap, KpiGap.NoCapacity);
        return value with { Surplus = surplus, Qualifier = estimator };
    }

    private static double AtMostOne(double utilization, string name)
    {
        if (!(utilization is >= 0 and <= Impossible))
        {
            KpiInput.Refuse(name, utilization, utilization is > Impossible and <= 100 ? "from 0 to 1: was it given in percent?" : "from 0 to 1");
        }

        return Math.Min(1, utilization);
    }

    private static void Named(string estimator) => KpiInput.Named(estimator, nameof(estimator), "device class and estimator: 'gpu, nvml-time'");
}
