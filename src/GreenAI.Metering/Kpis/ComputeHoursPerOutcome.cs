namespace GreenAI.Metering;

/// <summary>Compute Hours per Business Outcome: device hours / outcomes the application reported.</summary>
/// <remarks>Pure, thread-safe, allocates nothing. Hours of unlike devices do not add up: each value names its class.</remarks>
public static class ComputeHoursPerOutcome
{
    /// <summary>CHO: provisioned device hours, used or not / outcomes.</summary>
    /// <param name="deviceHours">Provisioned hours of one class of devices.</param>
    /// <param name="outcomes">Outcomes of the same time.</param>
    /// <param name="deviceClass">The class, for reports: <c>gpu</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The class has no name.</exception>
    public static KpiValue Provisioned(in KpiAmount deviceHours, long outcomes, string deviceClass)
    {
        KpiAmount hours = KpiQuotient.Known(deviceHours);
        return Of(Kpi.ComputeHoursPerOutcome, deviceHours, outcomes, deviceClass, hours.Value == 0 ? KpiGap.NoCapacity : KpiGap.None);
    }

    /// <summary>CHO-busy: device hours in use / outcomes.</summary>
    /// <param name="deviceHours">Busy hours of one class of devices; unavailable where utilisation was not read.</param>
    /// <param name="outcomes">Outcomes of the same time.</param>
    /// <param name="deviceClass">The class, for reports: <c>gpu</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The class has no name.</exception>
    public static KpiValue Busy(in KpiAmount deviceHours, long outcomes, string deviceClass) => Of(
        Kpi.BusyComputeHoursPerOutcome, deviceHours, outcomes, deviceClass,
        deviceHours.Tier == MeasurementTier.Unavailable ? KpiGap.NotRead : KpiGap.None);

    private static KpiValue Of(Kpi kpi, in KpiAmount deviceHours, long outcomes, string deviceClass, KpiGap gap)
    {
        KpiInput.Amount(deviceHours, nameof(deviceHours));
        KpiInput.Count(outcomes, nameof(outcomes));
        KpiInput.Named(deviceClass, nameof(deviceClass), "the class of the devices: cpu, gpu");
        return KpiQuotient.Per(kpi, KpiQuotient.Known(deviceHours), outcomes, gap, KpiGap.NoOutcome) with { Qualifier = deviceClass };
    }
}
