namespace GreenAI.Metering;

/// <summary>Over which windows indicators are live, and what they shall be, where it differs from the guide.</summary>
/// <remarks>
/// In configuration <c>"Windows": [ "00:05:00" ], "Targets": { "CarbonPerInference": 0.5 }, "NoTarget": [ "WpQ" ]</c>. Indicators are named as in
/// <see cref="Kpi"/> or by their short name (<c>CPI</c>); capitals do not matter. Not thread-safe while it is being changed.
/// </remarks>
public sealed class KpiOptions
{
    /// <summary>The windows over which indicators are live.</summary>
    /// <value>Null: 5 minutes, 1 hour, 1 day. At most 8, each from 1 minute to 31 days, no two alike. Each takes 2.8 kB a model and 6.4 kB for the host, whatever its length.</value>
    public IList<TimeSpan>? Windows { get; set; }

    /// <summary>
    /// Bounds by indicator, in the indicator's unit. On which side of the bound a value shall lie is the indicator's:
    /// <see cref="KpiDefinition.Comparison"/>.
    /// </summary>
    /// <value>
    /// Empty: the guide's. CPI below 1 g, WpQ at most 0.01 J, MER at least 0.5 per kWh, HUE above 0.65, REM above 0.9; none for others.
    /// </value>
    public IDictionary<string, double> Targets { get; set; } = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Indicators of which nothing is asked.</summary>
    /// <value>Empty.</value>
    public IList<string> NoTarget { get; set; } = [];

    /// <summary>The target of an indicator; null when nothing is asked of it.</summary>
    public KpiTarget? Of(Kpi kpi)
    {
        KpiDefinition definition = KpiDefinition.Of(kpi);
        foreach (string name in NoTarget)
        {
            if (KpiTargetRules.Find(name) == definition) return null;
        }

        foreach ((string name, double bound) in Targets)
        {
            if (KpiTargetRules.Find(name) == definition) return new KpiTarget(definition.Comparison, bound);
        }

        return definition.DefaultTarget;
    }

    internal IReadOnlyList<TimeSpan> WindowsOrDefault =>
        Windows is { Count: > 0 } windows ? [.. windows] : [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <summary>The targets in the order of <see cref="Kpi"/>: for ticks, which have no time to look for names.</summary>
    internal KpiTarget?[] ToArray() => [.. Enum.GetValues<Kpi>().Select(Of)];
}
