namespace GreenAI.Metering;

/// <summary>What a schema cannot say: the figures of a report agree with one another.</summary>
internal static class ReportRules
{
    /// <summary>The first figure that contradicts others; null when none does.</summary>
    public static SchemaProblem? Check(EfficiencyReport report) =>
        OfEnergy(report) ?? OfOperational(report) ?? OfEmbodied(report) ?? OfKpis(report.Kpis);

    private static SchemaProblem? OfEnergy(EfficiencyReport report)
    {
        ReportEnergy energy = report.Energy;
        Int128 assigned = (Int128)energy.Settled.Microjoules + energy.Open.Microjoules + energy.Late.Microjoules;
        return Differs("$.energy.total", "the buckets", energy.Total.Microjoules, assigned + energy.Idle.Microjoules + energy.Unattributed.Microjoules + energy.Other.Microjoules)
            ?? Differs("$.energy.total", "the devices", energy.Total.Microjoules, Sum(report.Devices, device => device.Total.Microjoules))
            ?? Differs("$.models", "settled, open and late energy", Sum(report.Models, model => model.Energy.Microjoules), assigned);
    }

    private static SchemaProblem? OfOperational(EfficiencyReport report)
    {
        if (report.Carbon.Operational is not { } grams)
        {
            return report.Carbon.OperationalGap == CarbonGap.None || string.IsNullOrWhiteSpace(report.Carbon.OperationalReason)
                ? new("$.carbon.operational", "It is null without a gap and a reason.")
                : null;
        }

        Int128 sum = (Int128)grams.Models.Micrograms + grams.Idle.Micrograms + grams.Unattributed.Micrograms + grams.Other.Micrograms;
        return Differs("$.carbon.operational.total", "the buckets", grams.Total.Micrograms, sum)
            ?? Differs("$.carbon.operational.models", "the models", grams.Models.Micrograms, Sum(report.Models, model => model.Operational?.Micrograms ?? 0));
    }

    private static SchemaProblem? OfEmbodied(EfficiencyReport report)
    {
        if (report.Carbon.Embodied is not { } grams)
            return string.IsNullOrWhiteSpace(report.Carbon.EmbodiedReason) ? new("$.carbon.embodied", "It is null without a reason.") : null;
        return Differs("$.carbon.embodied.total", "the buckets", grams.Total.Micrograms, (Int128)grams.Models.Micrograms + grams.Idle.Micrograms)
            ?? Differs("$.carbon.embodied.models", "the models", grams.Models.Micrograms, Sum(report.Models, model => model.Embodied?.Micrograms ?? 0));
    }

    private static SchemaProblem? OfKpis(IReadOnlyList<ReportKpi> kpis)
    {
        for (int i = 0; i < kpis.Count; i++)
        {
            if (OfKpi(kpis[i]) is { } problem) return problem.Under(FormattableString.Invariant($"$.kpis[{i}]"));
        }

        return null;
    }

    private static SchemaProblem? OfKpi(ReportKpi kpi)
    {
        if (kpi.Value is not null && kpi.Gap != KpiGap.None) return new(".value", "There is a value and a gap.");
        if (kpi.Value is null && kpi.Gap == KpiGap.None && string.IsNullOrWhiteSpace(kpi.Reason)) return new(".value", "It is null without a gap or a reason.");
        TargetVerdict due = kpi.Target is not { } target ? TargetVerdict.NoTarget
            : kpi.Value is not { } value ? TargetVerdict.Undefined
            : target.IsMetBy(value) ? TargetVerdict.Met : TargetVerdict.NotMet;
        return kpi.Verdict == due ? null : new(".verdict", $"It is {kpi.Verdict}; value and target make it {due}.");
    }

    private static SchemaProblem? Differs(string path, string parts, Int128 total, Int128 sum) => total == sum
        ? null
        : new(path, FormattableString.Invariant($"It comes to {total} in whole millionths; {parts} come to {sum}."));

    private static Int128 Sum<T>(IReadOnlyList<T> rows, Func<T, long> amount)
    {
        Int128 sum = 0;
        foreach (T row in rows) sum += amount(row);
        return sum;
    }
}
