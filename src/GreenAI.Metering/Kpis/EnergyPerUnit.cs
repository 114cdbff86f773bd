namespace GreenAI.Metering;

/// <summary>Energy per work unit: joules, idle included / tokens, rows, images.</summary>
/// <remarks>Pure, thread-safe, allocates nothing.</remarks>
public static class EnergyPerUnit
{
    /// <summary>EPU: joules / work units.</summary>
    /// <param name="joules">Energy of the window in joules, idle included.</param>
    /// <param name="units">Work units that were reported.</param>
    /// <param name="unit">What a unit is, for reports: <c>token</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The unit has no name.</exception>
    public static KpiValue Of(in KpiAmount joules, long units, string unit)
    {
        KpiInput.Amount(joules, nameof(joules));
        KpiInput.Count(units, nameof(units));
        KpiInput.Named(unit, nameof(unit), "what is counted: token, row, image");
        KpiValue value = KpiQuotient.Per(Kpi.EnergyPerUnit, KpiQuotient.Known(joules), units, KpiQuotient.GapOfEnergy(joules), KpiGap.NoUnits);
        return value with { Qualifier = unit };
    }
}
