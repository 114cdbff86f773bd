using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>The results as a table of text, or of Markdown.</summary>
internal static class AccuracyTable
{
    private static readonly string[] _header =
    [
        "scenario", "class", "equal %", "learned %", "models > 20 %", "models > 2 %", "covered %", "stated %", "learned again s", "µJ off",
    ];

    public static void Write(TextWriter output, IReadOnlyList<ScenarioResult> results, bool markdown)
    {
        List<string[]> rows = [_header, .. results.Select(Row)];
        int[] widths = [.. _header.Select((_, column) => rows.Max(row => row[column].Length))];
        for (int i = 0; i < rows.Count; i++)
        {
            IEnumerable<string> cells = rows[i].Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine(markdown ? $"| {string.Join(" | ", cells)} |" : string.Join("  ", cells).TrimEnd());
            if (i == 0 && markdown) output.WriteLine($"|{string.Concat(widths.Select(static (_, column) => column < 2 ? "---|" : "---:|"))}");
        }

        output.WriteLine();
        output.WriteLine("Percent of true energy: mean over seeds (worst). Misallocated is ½ Σ |billed − true| / Σ true over models; equal is");
        output.WriteLine("equal time shares; models > 20 % is the largest error of a model with more than 20 % of the energy; covered is how many");
        output.WriteLine("models' truths lie within the stated uncertainty, whose median where identified is stated; - is: there is none.");
    }

    private static string[] Row(ScenarioResult result) =>
    [
        result.Scenario.Name,
        ScenarioFile.NameOf(result.Scenario.Class),
        Text(result.EqualMisallocated),
        Text(result.Misallocated),
        Text(result.LargeModelError),
        Text(result.SmallModelError),
        Text(Judge.CoveredPercent([.. result.Pairs]), "0"),
        Text(Spread.Median(result.StatedWhereIdentified), "0.0"),
        Text(result.Relearning),
        result.Conservation.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Text(Spread spread) =>
        spread.Mean is null ? "-" : $"{Text(spread.Mean, "0.0")} ({Text(spread.Worst, "0.0")})";

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
