using Spectre.Console;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What the demonstration was: requests, joules, grams, verdicts, budgets.</summary>
internal static class DemoSummary
{
    public static async Task PrintAsync(IAnsiConsole console, EnergyMeter meter, LoadGenerator load, BudgetWatch watch, TimeSpan elapsed)
    {
        EnergyTotals totals = await meter.SettleAsync();
        console.WriteLine();
        LoadReport.Print(console, load, elapsed);
        console.WriteLine();
        console.Write(Models(meter, totals));
        console.WriteLine($"Tier: {totals.Tier}. Counter less all buckets: {totals.Unaccounted.Microjoules} µJ.");
        if (totals.Carbon.Reason is { } reason) console.WriteLine($"Grams: {reason}");
        console.WriteLine();
        if (watch.Changes.Count > 0)
            console.MarkupLine($"{Markup.Escape(watch.Budget)}: {string.Join(" -> ", watch.Changes.Select(change => $"{VerdictText.Colored(change.Verdict)} {change.At.UtcDateTime:HH:mm:ss}"))} UTC");
        console.Write(Budgets(meter));
    }

    private static Table Models(EnergyMeter meter, EnergyTotals totals)
    {
        Table table = Columns("model", "inferences", "failed", "abandoned", "energy", "an inference", "grams", "CPI");
        IReadOnlyList<KpiReading> kpis = meter.Kpis.Read();
        foreach (ModelTotals model in totals.Models)
        {
            // The longest window holds all of it.
            KpiReading? cpi = kpis.Where(reading => reading.Model == model.Name && reading.Value.Kpi == Kpi.CarbonPerInference).MaxBy(reading => reading.Asked) is { Model: not null } found ? found : null;
            table.AddRow(
                Markup.Escape(model.Name),
                SiText.Count(model.Inferences),
                SiText.Count(model.Failed),
                SiText.Count(model.Abandoned),
                SiText.Quantity(model.EnergyWithIdle.Joules, "J"),
                Quantity(model.EnergyPerInferenceWithIdle?.Joules, "J"),
                Quantity(totals.Carbon.Model(model.Name)?.OperationalWithIdle?.GramsCO2e, "g"),
                Quantity(cpi?.Value.Value, "g"));
        }

        return table;
    }

    private static Table Budgets(EnergyMeter meter)
    {
        Table table = Columns("budget", "spent", "limit", "verdict", "decisions");
        ILookup<string, BoardDecisions> decisions = meter.Budgets.Decisions().ToLookup(row => row.Budget, StringComparer.Ordinal);
        foreach (BudgetStatus status in meter.Budgets.Status())
        {
            string unit = status.Kind is BudgetKind.Emissions or BudgetKind.EmissionsPerInference ? "g" : "J";
            string part = status.Part.Length > 0 ? $"{status.Budget} {status.Part}" : status.Budget;
            table.AddRow(
                Markup.Escape(part),
                SiText.Quantity(status.Spent / 1e6, unit),
                SiText.Quantity(status.Limit / 1e6, unit),
                VerdictText.Colored(status.Verdict) + (status.IsShadow ? " (shadow)" : ""),
                Markup.Escape(string.Join(", ", decisions[status.Part.Length > 0 ? $"{status.Budget}/{status.Part}" : status.Budget].Where(row => row.Count > 0).Select(row => $"{SiText.Count(row.Count)} {row.Verdict}"))));
        }

        return table;
    }

    private static Table Columns(string first, params ReadOnlySpan<string> numbers)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn(first).NoWrap());
        foreach (string column in numbers) table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    private static string Quantity(double? value, string unit) => value is { } known ? SiText.Quantity(known, unit) : "-";
}
