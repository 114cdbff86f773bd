using System.Globalization;

namespace GreenAI.Metering;

/// <summary>A board report for people: Markdown as GitHub shows it.</summary>
internal static class BoardMarkdown
{
    public static string Write(BoardReport report)
    {
        MarkdownText text = new();
        text.Heading(1, $"Board report: {report.Service ?? "service without a name"}");
        text.Paragraph($"Made {ReportText.Time(report.GeneratedAt)} by GreenAI.Metering {report.LibraryVersion}.");
        Policy(text, report.Policy);
        Section(text, "Indicators against targets", "No target is set.", ["rule", "subject", "window", "indicator", ">value", "target", "verdict", "explanation"], report.Kpis.Select(Row));
        Section(
            text, "Budgets", "The policy has no budget.",
            ["budget", "verdict", ">limit", ">spent", ">share", ">left", ">forecast", "burn-down", "period", "tier", "waiver", "reason"], report.Budgets.Select(Row));
        Section(text, "Decisions", "No decision was taken.", ["budget", "verdict", ">requests"], report.Decisions.Select(Row));
        Section(text, "Waivers", "There is none.", ["waiver", "rule", "for", "state", "expires", ">used", ">cap", "approved by", "reason"], report.Waivers.Select(Row));
        Section(
            text, "Charters", "There is none.",
            ["project", "owner", "model", ">estimate", ">so far", ">share", "of what", "reached", "review", "problems"], report.Charters.Select(Row));
        Quality(text, report);
        Section(text, "Events", "Nothing happened.", ["time", "event", "rule", "verdict", ">requests", "reason"], report.Events.Select(Row));
        return text.ToString();
    }

    private static void Section(MarkdownText text, string heading, string none, string[] titles, IEnumerable<string?[]> rows)
    {
        string?[][] all = [.. rows];
        text.Heading(2, heading);
        if (all.Length == 0) text.Paragraph(none);
        else text.Table(titles, all);
    }

    private static void Policy(MarkdownText text, BoardPolicy policy)
    {
        text.Heading(2, "Policy");
        text.Paragraph(ReportText.Sentences(
            $"Version {policy.Version}, {policy.Hash}, in force {(policy.EffectiveFrom is { } from ? $"from {ReportText.Time(from)}" : "without a beginning")}.",
            string.Create(CultureInfo.InvariantCulture, $"Approved by {policy.Approvers} of {policy.RequiredApprovals} required."),
            policy.MissingRoles.Count == 0 ? null : $"Approvals are missing of: {string.Join(", ", policy.MissingRoles)}."));
        if (policy.Approvals.Count > 0)
            text.Table(["role", "approved by", "at"], policy.Approvals.Select(approval => (string?[])[approval.Role, approval.By, ReportText.Time(approval.At)]));
    }

    private static string?[] Row(BoardKpi kpi)
    {
        KpiDefinition definition = KpiDefinition.Of(kpi.Kpi);
        ReportKpi? reading = kpi.Reading;
        return
        [
            kpi.Rule ?? ReportText.NoValue,
            reading is null ? ReportText.NoValue : reading.Item is null ? ReportText.Subject(reading.Model) : $"{ReportText.Subject(reading.Model)}, {reading.Item}",
            reading is null ? ReportText.NoValue : ReportText.Window(reading.Window),
            $"{definition.Name} ({definition.Abbreviation})",
            reading?.Value is { } value ? ReportText.Value(value, definition.Unit) : "undefined",
            $"{kpi.Target.Sign} {ReportText.Value(kpi.Target.Bound, definition.Unit)}{(kpi.IsBaseline ? " (baseline)" : "")}",
            ReportText.Verdict(kpi.Verdict),
            ReportText.Sentences(kpi.Reason, reading?.Explanation, reading?.Reason, reading?.Note),
        ];
    }

    private static string?[] Row(BudgetStatus budget) =>
    [
        budget.Part.Length == 0 ? budget.Budget : $"{budget.Budget} ({budget.Part})",
        ReportText.Word(budget.Verdict) + (budget.IsShadow ? " (shadow)" : ""),
        BudgetUnit.Text(budget.Kind, budget.Limit),
        BudgetUnit.Text(budget.Kind, budget.Spent),
        Share(budget.Spent, budget.Limit),
        BudgetUnit.Text(budget.Kind, budget.Remaining),
        budget.Forecast is { } forecast ? $"{BudgetUnit.Text(budget.Kind, forecast)} ({Share(forecast, budget.Limit)})" : ReportText.NoValue,
        Sparkline.Of(budget.BurnDown, budget.Limit),
        $"{ReportText.Time(budget.PeriodStart)} to {ReportText.Time(budget.PeriodEnd)}",
        ReportText.Word(budget.Tier),
        budget.Waiver ?? ReportText.NoValue,
        ReportText.Sentences(budget.Reason, budget.IsLedgerReachable ? null : "The ledger did not answer.", Unmetered(budget.Unmetered), Forfeited(budget), Overrun(budget)),
    ];

    private static string? Forfeited(BudgetStatus budget) =>
        budget.Forfeited > 0 ? $"{BudgetUnit.Text(budget.Kind, budget.Forfeited)} are charged to holders that fell silent." : null;

    private static string? Overrun(BudgetStatus budget) => budget.Overrun > 0 ? $"{BudgetUnit.Text(budget.Kind, budget.Overrun)} were spent beyond what was reserved." : null;

    private static string? Unmetered(long inferences) =>
        inferences == 0 ? null : $"{ReportText.Whole(inferences)} inference(s) are not in it: their cost could not be known.";

    private static string Share(double? part, double whole) => ReportText.Percent(whole > 0 ? Figures.Finite(part / whole) : null);

    private static string?[] Row(BoardDecisions decisions) => [decisions.Budget, ReportText.Word(decisions.Verdict), ReportText.Whole(decisions.Count)];

    private static string?[] Row(BoardWaiver waiver) =>
    [
        waiver.Id, waiver.Rule, waiver.Scope ?? "all", ReportText.Word(waiver.State), ReportText.Time(waiver.Expires),
        Amount(waiver, waiver.Used), waiver.Cap is null ? "none" : Amount(waiver, waiver.Cap), waiver.ApprovedBy, waiver.Reason,
    ];

    private static string Amount(BoardWaiver waiver, double? microunits) =>
        waiver.Kind is { } kind ? BudgetUnit.Text(kind, microunits) : ReportText.Number(microunits);

    private static string?[] Row(BoardCharter charter) =>
    [
        charter.Project, charter.Owner, charter.Model,
        charter.EstimateKilowattHours is { } estimate ? $"{ReportText.Number(estimate, "kWh")} ({charter.EstimateMethod})" : ReportText.NoValue,
        ReportText.Number(charter.ActualKilowattHours, "kWh"),
        Share(charter.ActualKilowattHours, charter.EstimateKilowattHours ?? 0),
        charter.ActualBasis,
        charter.IsReached is { } reached ? (reached ? "yes" : "not yet") : ReportText.NoValue,
        charter.ReviewDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        charter.Problems.Count == 0 ? "none" : string.Join(' ', charter.Problems.Select(problem => problem.Message)),
    ];

    private static void Quality(MarkdownText text, BoardReport report)
    {
        BoardQuality quality = report.Quality;
        bool isThere = quality.Tier != MeasurementTier.Unavailable;
        text.Heading(2, "Measurement quality");
        text.Table(
            ["figure", "value"],
            [
                ["tier", ReportText.Word(quality.Tier)],
                ["coverage", ReportText.Percent(quality.Coverage)],
                ["holes", ReportText.Whole(quality.Holes)],
                ["uncertainty of models' energy", quality.Uncertainty?.ToString() ?? "unknown"],
                ["energy with a grid factor", ReportText.Percent(quality.PricedShare)],
                ["of that by a fallback", ReportText.Percent(quality.FallbackShare)],
                ["inferences in no budget's spend", ReportText.Whole(quality.Unmetered)],
                ["inferences not tracked", ReportText.Whole(quality.Dropped)],
                ["energy metered", isThere ? ReportText.Number(report.Energy.Total.Joules, "J") : "unavailable"],
                ["of that for inferences", isThere ? ReportText.Number((report.Energy.Settled + report.Energy.Open + report.Energy.Late).Joules, "J") : "unavailable"],
                ["operational emissions", report.Carbon.Operational is { } operational ? ReportText.Number(operational.Total.GramsCO2e, "g") : $"unavailable. {report.Carbon.OperationalReason}"],
                ["embodied emissions", report.Carbon.Embodied is { } embodied ? ReportText.Number(embodied.Total.GramsCO2e, "g") : $"unavailable. {report.Carbon.EmbodiedReason}"],
            ]);
    }

    private static string?[] Row(BudgetEvent budgetEvent) =>
    [
        ReportText.Time(budgetEvent.Time), BudgetEventJson.KindOf(budgetEvent),
        budgetEvent.Part.Length == 0 ? budgetEvent.Rule ?? ReportText.NoValue : $"{budgetEvent.Rule} ({budgetEvent.Part})",
        ReportText.Word(budgetEvent.Verdict) + (budgetEvent.IsShadow ? " (shadow)" : ""),
        budgetEvent.Count == 0 ? ReportText.NoValue : ReportText.Whole(budgetEvent.Count), budgetEvent.Reason,
    ];
}
