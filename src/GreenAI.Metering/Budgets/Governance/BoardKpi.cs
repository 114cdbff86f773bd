using System.Globalization;

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

    /// <summary>Whether the target is a baseline's mean and the increase that is accepted: then the verdict is that of the rule's own test, at the confidence and from as many inferences as it asks for.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>What came of it; undefined while a baseline's test is inconclusive.</summary>
    public TargetVerdict Verdict { get; internal init; } = TargetVerdict.Undefined;

    /// <summary>The value with all it takes to check it; null when the meter gives none, and <see cref="Reason"/> says why.</summary>
    public ReportKpi? Reading { get; init; }

    /// <summary>Why there is no reading, or what a baseline's test found; null for a bound with a reading.</summary>
    public string? Reason { get; init; }

    internal static IEnumerable<BoardKpi> Of(BoardReportInput input)
    {
        IReadOnlyList<KpiReading> readings = input.Kpis;
        HashSet<(Kpi, string?, TimeSpan?)> ruled = [];
        foreach (KpiRule rule in input.Policy.Kpis)
        {
            KpiReading[] own = [.. readings.Where(reading => IsOf(rule, reading))];
            foreach (KpiReading reading in own) ruled.Add((reading.Value.Kpi, reading.Model, reading.Asked));
            foreach ((KpiTarget target, bool isBaseline) in Targets(rule))
            {
                foreach (BoardKpi missing in own.Length > 0 ? [] : isBaseline ? Untold(rule, target, input) : [Missing(rule, target, isBaseline)]) yield return missing;
                foreach (KpiReading reading in own) yield return isBaseline ? Tested(rule, reading, target, input) : Held(rule.Id, reading, target);
            }
        }

        foreach (KpiReading reading in readings)
        {
            if (reading.Value.Target is { } target && !ruled.Contains((reading.Value.Kpi, reading.Model, reading.Asked))) yield return Held(null, reading, target);
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

    private static BoardKpi Held(string? rule, in KpiReading reading, KpiTarget target)
    {
        ReportKpi held = ReportBuilder.Kpi(reading with { Value = reading.Value with { Target = target } }, WorkloadKind.Unspecified);
        return new() { Rule = rule, Kpi = reading.Value.Kpi, Target = target, Reading = held, Verdict = held.Verdict };
    }

    // A mean beside its baseline is no verdict: few inferences, or such as differ much, say nothing.
    private static BoardKpi Tested(KpiRule rule, in KpiReading reading, KpiTarget target, BoardReportInput input)
    {
        bool isTested = input.Regressions.TryGetValue((rule.Id, reading.Model), out RegressionResult result);
        KpiValue value = reading.Value with { Target = target };
        long needed = Math.Max(2, rule.Baseline!.MinSamples);
        return new()
        {
            Rule = rule.Id,
            Kpi = value.Kpi,
            Target = target,
            IsBaseline = true,
            Reading = ReportBuilder.Kpi(reading with { Value = reading.Value with { Target = null } }, WorkloadKind.Unspecified),
            Verdict = isTested ? VerdictOf(result.Outcome) : value.Denominator >= needed ? value.Verdict : TargetVerdict.Undefined,
            Reason = isTested ? $"The test of the baseline: {result.Explain()}."
                : value.Denominator >= needed ? "The mean alone is compared: the baseline has not been tested."
                : string.Create(CultureInfo.InvariantCulture, $"The test of the baseline: inconclusive: {value.Denominator:0} of the {needed} inferences that are needed."),
        };
    }

    // A baseline may be of a window that the meter's indicators have not: its test is all there is.
    private static IEnumerable<BoardKpi> Untold(KpiRule rule, KpiTarget target, BoardReportInput input)
    {
        (string Rule, string? Model)[] tested = [.. input.Regressions.Keys.Where(key => key.Rule == rule.Id).OrderBy(key => key.Model, StringComparer.Ordinal)];
        if (tested.Length == 0) yield return Missing(rule, target, isBaseline: true);
        foreach ((string Rule, string? Model) key in tested)
        {
            RegressionResult result = input.Regressions[key];
            yield return new()
            {
                Rule = rule.Id,
                Kpi = rule.Kpi,
                Target = target,
                IsBaseline = true,
                Verdict = VerdictOf(result.Outcome),
                Reason = $"The test of the baseline{(key.Model is { } model ? $" for model {model}" : "")}: {result.Explain()}.",
            };
        }
    }

    private static TargetVerdict VerdictOf(RegressionOutcome outcome) => outcome switch
    {
        RegressionOutcome.Regressed => TargetVerdict.NotMet,
        RegressionOutcome.Better or RegressionOutcome.NotWorse => TargetVerdict.Met,
        _ => TargetVerdict.Undefined,
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
