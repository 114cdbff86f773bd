namespace GreenAI.Metering;

/// <summary>Compares two reports. Grams of different kinds are not compared; all else is.</summary>
internal sealed class ReportComparison(EfficiencyReport baseline, EfficiencyReport current)
{
    private readonly string? _carbonReason = CarbonReasonOf(baseline.Accounting, current.Accounting);

    public EfficiencyDiff Run() => new()
    {
        BaselineGeneratedAt = baseline.GeneratedAt,
        CurrentGeneratedAt = current.GeneratedAt,
        Service = current.Service,
        IsCarbonComparable = _carbonReason is null,
        CarbonReason = _carbonReason,
        Remarks = [.. Remarks()],
        ModelsAdded = [.. Names(current).Except(Names(baseline), StringComparer.Ordinal)],
        ModelsRemoved = [.. Names(baseline).Except(Names(current), StringComparer.Ordinal)],
        Kpis = Kpis(),
        Totals = [.. ReportTotal.Of(baseline).Zip(ReportTotal.Of(current), Total)],
    };

    private static string? CarbonReasonOf(ReportAccounting before, ReportAccounting after) =>
        before.Method == after.Method && before.Boundary == after.Boundary
            ? null
            : $"The baseline's grams are {Kind(before)}, the current ones {Kind(after)}: they answer different questions.";

    private static string Kind(ReportAccounting rules) => $"{ReportText.Word(rules.Method)}, {ReportText.Word(rules.Boundary)}";

    private static IEnumerable<string> Names(EfficiencyReport report) => report.Models.Select(model => model.Name);

    private IEnumerable<string> Remarks()
    {
        if (baseline.Service != current.Service) yield return $"The services differ: {baseline.Service ?? "no name"} and {current.Service ?? "no name"}.";
        if (baseline.Elapsed != current.Elapsed)
            yield return $"They cover {ReportText.Window(baseline.Elapsed)} and {ReportText.Window(current.Elapsed)}: totals differ for that alone.";
        if (baseline.Accounting.Pue != current.Accounting.Pue)
            yield return $"The PUE was {ReportText.Number(baseline.Accounting.Pue)} and is {ReportText.Number(current.Accounting.Pue)}.";
        if (baseline.Energy.Tier != current.Energy.Tier)
            yield return $"Energy was {ReportText.Word(baseline.Energy.Tier)} and is {ReportText.Word(current.Energy.Tier)}.";
        if (baseline.Energy.Coverage != current.Energy.Coverage)
            yield return $"Coverage was {ReportText.Percent(baseline.Energy.Coverage)} and is {ReportText.Percent(current.Energy.Coverage)}.";
    }

    private List<KpiChange> Kpis()
    {
        // Rows of one key, should there be several, are compared in their order.
        Dictionary<(string?, string?, TimeSpan?, Kpi), Queue<int>> before = [];
        for (int i = 0; i < baseline.Kpis.Count; i++)
        {
            if (!before.TryGetValue(Key(baseline.Kpis[i]), out Queue<int>? rows)) before[Key(baseline.Kpis[i])] = rows = new();
            rows.Enqueue(i);
        }

        List<KpiChange> changes = [];
        foreach (ReportKpi kpi in current.Kpis)
        {
            bool was = before.TryGetValue(Key(kpi), out Queue<int>? rows) && rows.Count > 0;
            changes.Add(was ? KpiComparer.Compare(baseline.Kpis[rows!.Dequeue()], kpi, _carbonReason) : KpiComparer.Only(kpi, ChangeOutcome.Added));
        }

        changes.AddRange(before.Values.SelectMany(rows => rows).Order().Select(row => KpiComparer.Only(baseline.Kpis[row], ChangeOutcome.Removed)));
        return changes;
    }

    private static (string?, string?, TimeSpan?, Kpi) Key(ReportKpi kpi) => (kpi.Model, kpi.Item, kpi.Window, kpi.Kpi);

    private TotalChange Total(ReportTotal before, ReportTotal after)
    {
        string? reason = after.IsOfGrid ? _carbonReason : null;
        bool compares = reason is null && before.Value is not null && after.Value is not null;
        double? absolute = !compares ? null
            : before.Millionths is { } less && after.Millionths is { } more ? (double)((Int128)more - less) / 1e6 : Figures.Difference(before.Value, after.Value);
        return new()
        {
            Quantity = after.Quantity,
            Part = after.Part,
            Unit = after.Unit,
            Before = before.Value,
            After = after.Value,
            Absolute = absolute,
            Relative = Figures.Relative(before.Value, absolute),
            Reason = reason ?? after.Reason ?? before.Reason,
        };
    }
}
