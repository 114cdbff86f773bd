namespace GreenAI.Metering;

/// <summary>A report for people: Markdown as GitHub shows it.</summary>
internal static class ReportMarkdown
{
    public static string Write(EfficiencyReport report)
    {
        MarkdownText text = new();
        text.Heading(1, $"Efficiency report: {report.Service ?? "service without a name"}");
        text.Paragraph($"Made {ReportText.Time(report.GeneratedAt)} by GreenAI.Metering {report.LibraryVersion}; covers {ReportText.Window(report.Elapsed)}; form {report.SchemaVersion}.");
        Kpis(text, report);
        Energy(text, report);
        ReportMarkdownCarbon.Write(text, report);
        Models(text, report);
        text.Heading(2, "Rules");
        text.Paragraph($"Idle: {report.Accounting.IdleRule}");
        text.Paragraph($"Uncertainty: {report.Accounting.UncertaintyRule}");
        return text.ToString();
    }

    private static void Kpis(MarkdownText text, EfficiencyReport report)
    {
        text.Heading(2, "Indicators");
        if (report.Kpis.Count == 0) text.Paragraph("None was computed.");
        else text.Table(["subject", "window", "indicator", ">value", ">from", "±", "target", "verdict", "explanation"], report.Kpis.Select(Row));
    }

    private static string?[] Row(ReportKpi kpi) =>
    [
        kpi.Item is null ? ReportText.Subject(kpi.Model) : $"{ReportText.Subject(kpi.Model)}, {kpi.Item}",
        ReportText.Window(kpi.Window),
        $"{kpi.Name} ({kpi.Abbreviation})",
        kpi.Value is { } value ? ReportText.Value(value, kpi.Unit) : $"undefined ({ReportText.Word(kpi.Gap)})",
        From(kpi),
        kpi.Value is null ? ReportText.NoValue : kpi.Uncertainty?.ToString() ?? (kpi.IsUnbounded ? "no upper bound known" : "unknown"),
        kpi.Target is { } target ? $"{target.Sign} {ReportText.Value(target.Bound, kpi.Unit)}" : ReportText.NoValue,
        ReportText.Verdict(kpi.Verdict),
        ReportText.Sentences(kpi.Explanation, kpi.Reason, kpi.Note),
    ];

    // An undefined indicator shows the numerator that is known: what attempts have cost that reached no outcome.
    private static string From(ReportKpi kpi) => kpi.Value is not null
        ? $"{ReportText.Number(kpi.Numerator, kpi.NumeratorUnit)} / {ReportText.Number(kpi.Denominator, kpi.DenominatorUnit)}"
        : kpi.Numerator is { } known and not 0 ? $"{ReportText.Number(known, kpi.NumeratorUnit)} / {ReportText.NoValue}" : ReportText.NoValue;

    private static void Energy(MarkdownText text, EfficiencyReport report)
    {
        text.Heading(2, "Energy");
        if (report.Energy.Tier == MeasurementTier.Unavailable)
        {
            text.Paragraph("Unavailable: no device was read.");
        }
        else
        {
            double total = report.Energy.Total.Joules;
            text.Paragraph($"Tier {ReportText.Word(report.Energy.Tier)}, coverage {ReportText.Percent(report.Energy.Coverage)}.");
            text.Table(
                ["bucket", ">joules", ">microjoules", ">share"],
                ReportTotal.Of(report).Where(part => part.Quantity == "energy").Select(part => (string?[])
                    [part.Part, ReportText.Number(part.Value), ReportText.Whole(part.Millionths ?? 0), total > 0 ? ReportText.Percent(part.Value / total) : ReportText.NoValue]));
        }

        if (report.Devices.Count == 0) return;
        text.Table(["device", "domain", "tier", ">joules", ">idle", ">other processes", ">coverage", ">holes"], report.Devices.Select(Row));
    }

    private static string?[] Row(ReportDevice device) =>
    [
        $"{device.Name} ({device.Id})", ReportText.Word(device.Domain), ReportText.Word(device.Tier), Joules(device.Total, device.Tier),
        Joules(device.Idle, device.Tier), Joules(device.Other, device.Tier), ReportText.Percent(device.Coverage), ReportText.Whole(device.Holes),
    ];

    private static void Models(MarkdownText text, EfficiencyReport report)
    {
        text.Heading(2, "Models");
        if (report.Models.Count == 0) text.Paragraph("None was metered.");
        else text.Table(["model", "workload", ">succeeded", ">failed", ">abandoned", ">units", ">active", ">joules", ">with idle", "±", ">operational g", ">embodied g", "tier"], report.Models.Select(Row));
    }

    private static string?[] Row(ReportModel model) =>
    [
        model.Name, model.Workload ?? ReportText.NoValue, ReportText.Whole(model.Succeeded), ReportText.Whole(model.Failed), ReportText.Whole(model.Abandoned),
        ReportText.Whole(model.WorkUnits), ReportText.Number(model.ActiveTime.TotalSeconds, "s"),
        Joules(model.Energy, model.Tier), Joules(model.EnergyWithIdle, model.Tier),
        model.Uncertainty?.ToString() ?? "unknown", Grams(model.Operational), Grams(model.Embodied), ReportText.Word(model.Tier),
    ];

    // Where nothing was read there is no number: 0 would be a claim.
    private static string Joules(Energy energy, MeasurementTier tier) => tier == MeasurementTier.Unavailable ? "unavailable" : ReportText.Number(energy.Joules);

    private static string Grams(CarbonMass? mass) => mass is { } known ? ReportText.Number(known.GramsCO2e) : "unavailable";
}
