namespace GreenAI.Metering;

/// <summary>An indicator against a target, in a board report.</summary>
/// <remarks>Immutable.</remarks>
public sealed class BoardKpi
{
    internal BoardKpi()
    {
    }

    /// <summary>The rule of the policy; null for a target that the meter's options set.</summary>
    public string? Rule { get; init; }

    /// <summary>The indicator.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>What it shall be.</summary>
    public required KpiTarget Target { get; init; }

    /// <summary>Whether the target is a baseline's mean and the increase that is accepted: then it is held against the value alone, without the confidence that the rule asks for.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>What came of it.</summary>
    public TargetVerdict Verdict => Reading?.Verdict ?? TargetVerdict.Undefined;

    /// <summary>The value with all it takes to check it; null when the meter gives none, and <see cref="Reason"/> says why.</summary>
    public ReportKpi? Reading { get; init; }

    /// <summary>Why there is no reading; null when there is one.</summary>
    public string? Reason { get; init; }

    internal static IEnumerable<BoardKpi> Of(BudgetPolicy policy, IReadOnlyList<KpiReading> readings)
    {
        HashSet<(Kpi, string?, TimeSpan?)> ruled = [];
        foreach (KpiRule rule in policy.Kpis)
        {
            KpiReading[] own = [.. readings.Where(reading => IsOf(rule, reading))];
            foreach (KpiReading reading in own) ruled.Add((reading.Value.Kpi, reading.Model, reading.Asked));
            foreach ((KpiTarget target, bool isBaseline) in Targets(rule))
            {
                if (own.Length == 0) yield return Missing(rule, target, isBaseline);
                foreach (KpiReading reading in own) yield return Held(rule.Id, reading, target, isBaseline);
            }
        }

        foreach (KpiReading reading in readings)
        {
            if (reading.Value.Target is { } target && !ruled.Contains((reading.Value.Kpi, reading.Model, reading.Asked))) yield return Held(null, reading, target, isBaseline: false);
        }
    }

    private static bool IsOf(KpiRule rule, in KpiReading reading) =>
        reading.Value.Kpi == rule.Kpi && (rule.Model is null || reading.Model == rule.Model) && (reading.Asked is null || reading.Asked == rule.Window);

    private static IEnumerable<(KpiTarget Target, bool IsBaseline)> Targets(KpiRule rule)
    {
        if (rule.Max is { } max) yield return (new(KpiComparison.AtMost, max), false);
        if (rule.Min is { } min) yield return (new(KpiComparison.AtLeast, min), false);
        if (rule.Baseline is { } baseline) yield return (new(KpiComparison.AtMost, baseline.Mean * (1 + baseline.MaxIncrease)), true);
    }

    private static BoardKpi Held(string? rule, in KpiReading reading, KpiTarget target, bool isBaseline) => new()
    {
        Rule = rule,
        Kpi = reading.Value.Kpi,
        Target = target,
        IsBaseline = isBaseline,
        Reading = ReportBuilder.Kpi(reading with { Value = reading.Value with { Target = target } }, WorkloadKind.Unspecified),
    };

    private static BoardKpi Missing(KpiRule rule, KpiTarget target, bool isBaseline) => new()
    {
        Rule = rule.Id,
        Kpi = rule.Kpi,
        Target = target,
        IsBaseline = isBaseline,
        Reason = $"The meter gives no reading of it for {(rule.Model is { } model ? $"model {model}" : "the host or a model")} over {ReportText.Window(rule.Window)}.",
    };
}
