using GreenAI.Metering;

namespace Readme.Snippets;

internal static class CarbonSnippets
{
    public static async Task<CarbonTotals> GramsAsync(EnergyMeter meter, InferenceScope scope, CancellationToken cancellationToken)
    {
        #region Grams
        InferenceFootprint footprint = scope.Complete();
        Console.WriteLine($"{footprint.MarginalEmissions} above idle, {footprint.EmissionsWithIdle} with idle"); // null: not known

        CarbonTotals carbon = (await meter.SettleAsync(cancellationToken)).Carbon;
        Console.WriteLine(carbon.Operational is { } operational
            ? $"{operational}, of it idle {carbon.OperationalIdle}, at {carbon.CurrentFactor?.Intensity} by {carbon.CurrentFactor?.Source}"
            : $"not known: {carbon.Reason}");
        Console.WriteLine(carbon.Embodied is { } embodied ? $"{embodied} of making the hardware" : $"not known: {carbon.EmbodiedReason}");
        foreach (CarbonModelTotals model in carbon.Models)
            Console.WriteLine($"{model.Name}: {model.OperationalWithIdle} with idle + {model.Embodied}");
        #endregion
        return carbon;
    }

    public static async Task KpisAsync(EnergyMeter meter, double accuracy, DateTimeOffset yesterday, DateTimeOffset today)
    {
        #region Kpis
        EnergyWindow window = meter.StartWindow("training");
        Train();
        EnergyReading reading = await window.StopAsync();
        meter.Kpis.RecordAttempt("digits-mlp", reading, reached: accuracy >= 0.95); // Energy-to-Solution: failed attempts count too
        meter.Kpis.RecordTraining("digits-mlp", new ModelTraining // Model Efficiency Ratio, Data Efficiency Score
        {
            Energy = TrainingEnergy.OfReading(reading).SpreadOver(lifetimeInferences: 1_000_000),
            Accuracy = accuracy,
            TaskAndMetric = "digits, accuracy",
            DataBytes = 364_000,
        });
        meter.Kpis.RecordOutcome(); // a contract reviewed, a parcel sorted: Compute Hours per Business Outcome
        meter.Kpis.RecordRenewable(Energy.FromKilowattHours(2), from: yesterday, to: today); // Renewable Energy Matching

        foreach (KpiReading kpi in meter.Kpis.Read()) // of the host and of each model, over 5 minutes, 1 hour, 1 day
            Console.WriteLine($"{kpi.Model ?? "host"}, {kpi.Asked}: {kpi.Value.Explain()}");
        #endregion
    }

    public static async Task<EfficiencyDiff> ReportAsync(EnergyMeter meter, CancellationToken cancellationToken)
    {
        #region Report
        EfficiencyReport report = await meter.ReportAsync("digits-service", cancellationToken);
        string json = report.ToJson();         // by EfficiencyReport.JsonSchema; WriteJsonAsync for streams
        string markdown = report.ToMarkdown(); // for people
        string csv = report.ToKpiCsv();        // for spreadsheets

        EfficiencyReport baseline = EfficiencyReport.FromJson(json); // yesterday's file, say
        EfficiencyDiff diff = EfficiencyReport.Compare(baseline, report);
        Console.WriteLine(diff.ToMarkdown());
        #endregion
        return markdown.Length > 0 && csv.Length > 0 ? diff : throw new InvalidOperationException("A format is empty.");
    }

    private static void Train() => Thread.SpinWait(1000);
}
