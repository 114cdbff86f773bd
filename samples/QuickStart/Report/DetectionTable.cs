using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What hardware was found, what was not, why, and what to do about it.</summary>
internal static class DetectionTable
{
    public static void Print(IAnsiConsole console, IReadOnlyList<SourceFinding> findings)
    {
        Table table = ReportTable.Create("What can be metered here").ShowRowSeparators();
        table.AddColumn(ReportTable.Text("source").NoWrap());
        table.AddColumn(ReportTable.Text("status").NoWrap());
        table.AddColumn(ReportTable.Text("why, and what to do"));
        foreach (SourceFinding finding in findings)
        {
            table.AddRow(new Text(finding.Source), new Text(finding.Status.ToString()), new Rows(Lines(finding)));
        }

        console.Write(table);
    }

    private static IEnumerable<Text> Lines(SourceFinding finding)
    {
        yield return new Text(finding.Reason);
        if (finding.Remedy is { } remedy) yield return new Text($"Remedy: {remedy}", new Style(decoration: Decoration.Bold));
        foreach (PowerDevice device in finding.Devices)
        {
            string remark = device.Remark is null ? "" : $" - {device.Remark}";
            yield return new Text($"Device: {device.Id} ({device.Name}), {device.Tier}, {device.Uncertainty}{remark}");
        }
    }
}
