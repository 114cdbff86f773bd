namespace GreenAI.Metering;

/// <summary>A diff for people: Markdown as GitHub shows it.</summary>
internal static class DiffMarkdown
{
    public static string Write(EfficiencyDiff diff)
    {
        MarkdownText text = new();
        text.Heading(1, $"Changes in efficiency: {diff.Service ?? "service without a name"}");
        text.Paragraph($"From {ReportText.Time(diff.BaselineGeneratedAt)} to {ReportText.Time(diff.CurrentGeneratedAt)}.");
        if (diff.CarbonReason is { } reason) text.Paragraph($"Operational grams are not compared. {reason}");
        foreach (string remark in diff.Remarks) text.Paragraph(remark);
        if (diff.ModelsAdded.Count > 0) text.Paragraph($"Models added: {string.Join(", ", diff.ModelsAdded)}.");
        if (diff.ModelsRemoved.Count > 0) text.Paragraph($"Models removed: {string.Join(", ", diff.ModelsRemoved)}.");
        text.Heading(2, "Indicators");
        if (diff.Kpis.Count == 0) text.Paragraph("Neither report has any.");
        else text.Table(["subject", "window", "indicator", ">before", ">after", ">change", "outcome", "target", "remarks"], diff.Kpis.Select(Row));
        text.Heading(2, "Totals");
        text.Table(["quantity", "part", ">before", ">after", ">change", "remarks"], diff.Totals.Select(Row));
        return text.ToString();
    }

    private static string?[] Row(KpiChange change) =>
    [
        change.Item is null ? ReportText.Subject(change.Model) : $"{ReportText.Subject(change.Model)}, {change.Item}",
        ReportText.Window(change.Window),
        $"{change.Name} ({change.Abbreviation})",
        ReportText.Value(change.Before, change.Unit),
        ReportText.Value(change.After, change.Unit),
        ReportText.Change(change.Relative),
        Outcome(change),
        change.IsVerdictChanged ? $"{ReportText.Verdict(change.VerdictBefore)} → {ReportText.Verdict(change.VerdictAfter)}" : ReportText.Verdict(change.VerdictAfter),
        change.Reason,
    ];

    private static string?[] Row(TotalChange change) =>
    [
        change.Quantity, change.Part, ReportText.Number(change.Before, change.Unit), ReportText.Number(change.After, change.Unit), ReportText.Change(change.Relative), change.Reason,
    ];

    private static string Outcome(KpiChange change)
    {
        string outcome = change.Outcome switch
        {
            ChangeOutcome.BecameDefined => "became defined",
            ChangeOutcome.BecameUndefined => "became undefined",
            ChangeOutcome.StillUndefined => "still undefined",
            ChangeOutcome.NotComparable => "not comparable",
            _ => ReportText.Word(change.Outcome),
        };
        return change.Outcome is not (ChangeOutcome.Better or ChangeOutcome.Worse) ? outcome : change.IsWithinUncertainty switch
        {
            true => $"{outcome}, within uncertainty",
            false => outcome,
            null => $"{outcome}, uncertainty unknown",
        };
    }
}
