using GreenAI.Metering.Checks;

namespace GreenAI.Metering.AotSmoke;

/// <summary>A report written, read back and compared: its JSON must need no reflection.</summary>
internal static class ChecksOfReports
{
    public static void Run(CheckList checks, EnergyTotals totals)
    {
        KpiValue value = new() { Kpi = Kpi.EnergyPerInference, Numerator = 3, Denominator = 2, Tier = MeasurementTier.Measured, Target = new(KpiComparison.AtMost, 1) };
        EfficiencyReport report = new()
        {
            GeneratedAt = DateTimeOffset.UnixEpoch,
            Elapsed = totals.Elapsed,
            Accounting = new() { Method = CarbonMethod.LocationBased, Boundary = CarbonBoundary.Lifecycle, IdleRule = "none", UncertaintyRule = "none" },
            Energy = ReportEnergy.From(totals),
            Devices = [.. totals.Devices.Select(ReportDevice.From)],
            Carbon = new() { OperationalGap = CarbonGap.NotConfigured, OperationalReason = "no zone", EmbodiedReason = "none stated" },
            Factors = [Factor()],
            Models = [.. totals.Models.Select(ReportModel.From)],
            Kpis = [ReportKpi.From(value, "an explanation")],
        };
        string json = report.ToJson();
        checks.Contains("\"verdict\": \"notMet\"", json, "a report writes its words");
        EfficiencyReport read = EfficiencyReport.FromJson(json);
        checks.That(read == report, "a report is read back the same", read.ToJson());
        checks.Contains("not met", report.ToMarkdown(), "a report for people");
        checks.Contains("energyPerInference", report.ToKpiCsv(), "a report as a flat table");
        checks.Contains("\"outcome\": \"same\"", EfficiencyReport.Compare(report, read).ToJson(), "reports are compared");
        checks.Contains(EfficiencyReport.SchemaId, EfficiencyReport.JsonSchema, "the schema is on board");
    }

    private static ReportFactor Factor() => new()
    {
        Factor = new() { Intensity = CarbonIntensity.FromGramsPerKilowattHour(342.06), Kind = default, Source = "Ember", Uncertainty = new(0.05, 0.1) },
        From = DateTimeOffset.UnixEpoch,
        To = DateTimeOffset.UnixEpoch,
        Energy = Energy.FromJoules(1),
        Operational = CarbonMass.FromMicrograms(95),
    };
}
