using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Every indicator of the host and of each model, against its target: green met, red not met, grey undefined.</summary>
internal sealed class KpiTable
{
    private static readonly Kpi[] _shown =
    [
        Kpi.CarbonPerInference, Kpi.MarginalCarbonPerInference, Kpi.EnergyPerInference, Kpi.WattsPerQuery,
        Kpi.ModelEfficiencyRatio, Kpi.EnergyToSolution, Kpi.HardwareUtilization, Kpi.DataEfficiencyScore, Kpi.EmbodiedRate,
        Kpi.EmbodiedCarbon, Kpi.RenewableMatching, Kpi.ComputeHoursPerOutcome, Kpi.SoftwareCarbonIntensity,
    ];

    // A reason that several cells share is told once, below the table.
    private readonly List<string> _reasons = [];
    private readonly IReadOnlyList<ReportKpi> _readings;
    private readonly string?[] _subjects;

    private KpiTable(IReadOnlyList<ReportKpi> readings)
    {
        _readings = readings;
        _subjects = [.. readings.Select(reading => reading.Model).Distinct()];
    }

    /// <summary>Of one window, and of the indicators that have none.</summary>
    public static void Print(IAnsiConsole console, IReadOnlyList<ReportKpi> readings, TimeSpan window) =>
        new KpiTable([.. readings.Where(reading => reading.Window is not { } asked || asked == window)]).Print(console, window);

    private void Print(IAnsiConsole console, TimeSpan window)
    {
        Table table = ReportTable.Create(FormattableString.Invariant(
            $"KPIs of the last {window.TotalMinutes:0.##} minutes (value, uncertainty, verdict)")).ShowRowSeparators();
        table.AddColumn(ReportTable.Text("KPI").NoWrap());
        table.AddColumn(ReportTable.Text("what it is"));
        table.AddColumn(ReportTable.Text("target").NoWrap());
        foreach (string? subject in _subjects) table.AddColumn(ReportTable.Text(subject ?? "host"));
        foreach (Kpi kpi in _shown)
        {
            foreach (string? item in Items(kpi)) AddRow(table, kpi, item);
        }

        console.Write(table);
        for (int i = 0; i < _reasons.Count; i++)
            console.WriteLine($"[{i + 1}] {_reasons[i]}.", new Style(Color.Grey));
    }

    // Of a host with processors and boards, utilisation has a row for each class.
    private IEnumerable<string?> Items(Kpi kpi) => _readings
        .Where(reading => reading.Kpi == kpi).Select(reading => reading.Item).Distinct();

    private void AddRow(Table table, Kpi kpi, string? item)
    {
        ReportKpi[] row = [.. _readings.Where(reading => reading.Kpi == kpi && reading.Item == item)];
        KpiDefinition definition = KpiDefinition.Of(kpi);
        table.AddRow(
        [
            new Text(definition.Abbreviation, new Style(decoration: Decoration.Bold)),
            new Text(item is null ? definition.Name : $"{definition.Name} ({item})"),
            new Text(row[0].Target is { } target ? KpiNumber.OfTarget(kpi, target) : "none"),
            .. _subjects.Select(subject => Cell([.. row.Where(reading => reading.Model == subject)])),
        ]);
    }

    private Text Cell(ReportKpi[] readings)
    {
        if (readings is not [var value, ..]) return new Text("");
        if (value.Value is not { } number) return new Text($"undefined [{Note(value.Reason ?? value.Explanation)}]", new Style(Color.Grey));
        string band = value.Uncertainty?.ToString() ?? "± unknown";
        (string verdict, Style style) = value.Verdict switch
        {
            TargetVerdict.Met => (", met", new Style(Color.Green)),
            TargetVerdict.NotMet => (", not met", new Style(Color.Red)),
            _ => ("", Style.Plain),
        };
        return new Text($"{KpiNumber.Of(value.Kpi, number)}\n{band}{verdict}{(IsInDoubt(value, number) ? ", in doubt" : "")}", style);
    }

    // Where the target lies within the uncertainty, the truth may be on its other side.
    private static bool IsInDoubt(ReportKpi value, double number) => value is { Target: { } target, Uncertainty: { } band }
        && target.IsMetBy(number * (1 - band.Below)) != target.IsMetBy(number * (1 + band.Above));

    private int Note(string reason)
    {
        int place = _reasons.IndexOf(reason);
        if (place < 0)
        {
            place = _reasons.Count;
            _reasons.Add(reason);
        }

        return place + 1;
    }
}
