namespace GreenAI.Metering;

/// <summary>Energy per inference: joules, idle included / completed inferences.</summary>
/// <remarks>Pure, thread-safe, allocates nothing.</remarks>
public static class EnergyPerInference
{
    /// <summary>EPI: joules / completed inferences.</summary>
    /// <param name="joules">Energy of the window in joules, idle included.</param>
    /// <param name="completed">Inferences that ended, failed ones too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public static KpiValue Of(in KpiAmount joules, long completed)
    {
        KpiInput.Amount(joules, nameof(joules));
        KpiInput.Count(completed, nameof(completed));
        return KpiQuotient.Per(Kpi.EnergyPerInference, KpiQuotient.Known(joules), completed, KpiQuotient.GapOfEnergy(joules), KpiGap.NoInference);
    }
}
