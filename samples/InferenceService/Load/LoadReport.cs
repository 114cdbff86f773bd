using Spectre.Console;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Prints what became of a load.</summary>
internal static class LoadReport
{
    /// <summary>Wide enough for its table.</summary>
    public const int Width = 140;

    public static void Print(IAnsiConsole console, LoadGenerator load, TimeSpan elapsed)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("path").NoWrap());
        foreach (string column in (string[])["requests", "a second", "p50 ms", "p90 ms", "p99 ms", "longest"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn("answers");
        foreach ((string path, LoadTally tally) in load.Paths.OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            table.AddRow(
                Markup.Escape(path),
                Text($"{tally.Requests:N0}"),
                Text($"{tally.Requests / elapsed.TotalSeconds:N1}"),
                Milliseconds(tally.Latency.Percentile(0.5)),
                Milliseconds(tally.Latency.Percentile(0.9)),
                Milliseconds(tally.Latency.Percentile(0.99)),
                Milliseconds(tally.Latency.Longest),
                Markup.Escape(Answers([tally])));
        }

        console.Write(table);
        console.WriteLine(Text($"{load.Requests:N0} requests in {elapsed.TotalSeconds:N1} s: {load.Requests / elapsed.TotalSeconds:N1} a second. Answers: {Answers(load.Paths.Values)}."));
    }

    private static string Answers(IEnumerable<LoadTally> tallies) => string.Join(", ", tallies
        .SelectMany(tally => tally.Answers)
        .GroupBy(answer => answer.Key, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Text($"{group.Sum(answer => answer.Value):N0} × {group.Key}")));

    private static string Milliseconds(TimeSpan? duration) => duration is { } known ? Text($"{known.TotalMilliseconds:N2}") : "-";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
