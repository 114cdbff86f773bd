namespace GreenAI.Metering;

/// <summary>Over which windows indicators are live, and what they shall be, where it differs from the guide.</summary>
/// <remarks>
/// In configuration <c>"Windows": [ "00:05:00" ], "Targets": { "CarbonPerInference": 0.5, "WpQ": null }</c>. Not thread-safe while it is being changed.
/// </remarks>
public sealed class KpiOptions
{
    /// <summary>The windows over which indicators are live.</summary>
    /// <value>Null: 5 minutes, 1 hour, 1 day. At most 8, each from 1 minute to 31 days, no two alike. Each takes 2.8 kB a model and 6.4 kB for the host, whatever its length.</value>
    public IList<TimeSpan>? Windows { get; set; }

    /// <summary>
    /// Bounds by indicator, in the indicator's unit; the name is that of <see cref="Kpi"/> or the short one (<c>CPI</c>), capitals do
    /// not matter. Null (in configuration also an empty text) asks for nothing. On which side of the bound a value shall lie is the
    /// indicator's: <see cref="KpiDefinition.Comparison"/>.
    /// </summary>
    /// <value>
    /// Empty: the guide's. CPI below 1 g, WpQ at most 0.01 J, MER at least 0.5 per kWh, HUE above 0.65, REM above 0.9; none for others.
    /// </value>
    public IDictionary<string, double?> Targets { get; set; } = new Dictionary<string, double?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The target of an indicator; null when nothing is asked of it.</summary>
    public KpiTarget? Of(Kpi kpi)
    {
        KpiDefinition definition = KpiDefinition.Of(kpi);
        foreach ((string name, double? bound) in Targets)
        {
            if (KpiTargetRules.Find(name) == definition) return bound is { } known ? new KpiTarget(definition.Comparison, known) : null;
        }

        return definition.DefaultTarget;
    }

    internal IReadOnlyList<TimeSpan> WindowsOrDefault =>
        Windows is { Count: > 0 } windows ? [.. windows] : [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <summary>The targets in the order of <see cref="Kpi"/>: for ticks, which have no time to look for names.</summary>
    internal KpiTarget?[] ToArray() => [.. Enum.GetValues<Kpi>().Select(Of)];
}
