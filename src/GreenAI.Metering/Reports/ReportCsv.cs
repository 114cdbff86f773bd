using System.Globalization;

namespace GreenAI.Metering;

/// <summary>A report as two flat tables: its indicators, and its totals.</summary>
internal static class ReportCsv
{
    private const string Joules = "J";
    private const string Grams = "g";

    /// <summary>A row per subject, item, window and indicator.</summary>
    public static string OfKpis(EfficiencyReport report)
    {
        CsvText csv = new(
            "generated_at", "service", "subject", "model", "item", "window_seconds", "kpi", "abbreviation", "name", "value", "unit", "gap", "carbon_gap", "reason",
            "numerator", "numerator_unit", "denominator", "denominator_unit", "surplus", "tier", "uncertainty_below", "uncertainty_above", "is_unbounded",
            "target_comparison", "target_bound", "verdict", "explanation", "note");
        foreach (ReportKpi kpi in report.Kpis)
        {
            csv.Text(Time(report)).Text(report.Service).Text(kpi.Model is null ? "host" : "model").Text(kpi.Model).Text(kpi.Item).Number(kpi.Window?.TotalSeconds)
                .Text(ReportText.Word(kpi.Kpi)).Text(kpi.Abbreviation).Text(kpi.Name).Number(kpi.Value).Text(kpi.Unit)
                .Text(ReportText.Word(kpi.Gap)).Text(ReportText.Word(kpi.CarbonGap)).Text(kpi.Reason)
                .Number(kpi.Numerator).Text(kpi.NumeratorUnit).Number(kpi.Denominator).Text(kpi.DenominatorUnit).Number(kpi.Surplus)
                .Text(ReportText.Word(kpi.Tier)).Number(kpi.Uncertainty?.Below).Number(kpi.Uncertainty?.Above).Text(kpi.IsUnbounded ? "true" : "false")
                .Text(kpi.Target is { } target ? ReportText.Word(target.Comparison) : null).Number(kpi.Target?.Bound)
                .Text(ReportText.Word(kpi.Verdict)).Text(kpi.Explanation).Text(kpi.Note).EndRow();
        }

        return csv.ToString();
    }

    /// <summary>A row per quantity and part: a bucket, a device, a model.</summary>
    public static string OfTotals(EfficiencyReport report)
    {
        CsvText csv = new("generated_at", "service", "quantity", "part", "name", "millionths", "value", "unit", "reason");
        foreach (ReportTotal total in ReportTotal.Of(report)) Add(total.Quantity, total.Part, null, total.Millionths, total.Value, total.Unit, total.Reason);
        foreach (ReportDevice device in report.Devices)
            AddEnergy("device", device.Id, device.Total, device.Tier);
        foreach (ReportModel model in report.Models)
        {
            AddEnergy("model", model.Name, model.Energy, model.Tier);
            AddEnergy("model with idle", model.Name, model.EnergyWithIdle, model.Tier);
            Add("operational", "model", model.Name, model.Operational?.Micrograms, model.Operational?.GramsCO2e, Grams, model.Operational is null ? report.Carbon.OperationalReason : null);
            Add("embodied", "model", model.Name, model.Embodied?.Micrograms, model.Embodied?.GramsCO2e, Grams, model.Embodied is null ? report.Carbon.EmbodiedReason : null);
        }

        return csv.ToString();

        void AddEnergy(string part, string name, Energy energy, MeasurementTier tier)
        {
            if (tier == MeasurementTier.Unavailable) Add("energy", part, name, null, null, Joules, "No device was read for it.");
            else Add("energy", part, name, energy.Microjoules, energy.Joules, Joules, null);
        }

        void Add(string quantity, string part, string? name, long? millionths, double? value, string unit, string? reason) => csv
            .Text(Time(report)).Text(report.Service).Text(quantity).Text(part).Text(name).Whole(millionths).Number(value).Text(unit).Text(reason).EndRow();
    }

    private static string Time(EfficiencyReport report) => report.GeneratedAt.ToString("O", CultureInfo.InvariantCulture);
}
