using System.Globalization;
using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What a budget answered, and what became of the requests.</summary>
internal static class BudgetTable
{
    public static void Print(IAnsiConsole console, IReadOnlyList<VerdictChange> changes, string budget)
    {
        console.WriteLine();
        Table table = ReportTable.Create("Verdicts, each with the library's own explanation");
        table.AddColumn(ReportTable.Text("time (UTC)").NoWrap());
        table.AddColumn(ReportTable.Text("verdict").NoWrap());
        table.AddColumn(ReportTable.Text("why"));
        foreach (VerdictChange change in changes)
        {
            table.AddRow(
                new Text(change.Time.ToString("HH:mm:ss.f", CultureInfo.InvariantCulture)),
                new Text(change.Verdict.ToString(), StyleOf(change.Verdict)),
                new Text(Why(change.Explanation, budget)));
        }

        console.Write(table);
        if (changes.LastOrDefault(change => change.Verdict == Verdict.Deny) is not { } denied) return;
        console.WriteLine("The last Deny in full (MeterBudgets.Explain):");
        foreach (string line in denied.Explanation.Split('\n')) console.Write(new Padder(new Text(line), new Padding(2, 0, 0, 0)));
        if (changes.Zip(changes.Skip(1)).Any(pair => pair.First.Verdict == Verdict.Deny && pair.Second.Verdict == Verdict.Degrade))
            console.WriteLine("Deny may come a moment early: what is reserved counts, and comes back where it was not needed.");
    }

    public static void Print(IAnsiConsole console, RequestTally tally, string large, string small)
    {
        console.WriteLine(FormattableString.Invariant($"Requests for {large}: {tally.Ran:N0} ran, {tally.Exempt:N0} of them critical ones in the time of Degrade;"));
        console.WriteLine(FormattableString.Invariant($"  {tally.Degraded:N0} ran on {small} instead, {tally.Refused:N0} were refused."));
        console.WriteLine(FormattableString.Invariant($"  {small}, which has no budget, went on meanwhile: {tally.Unlimited:N0} requests of its own."));
    }

    public static void Print(IAnsiConsole console, IReadOnlyList<BoardDecisions> decisions)
    {
        foreach (IGrouping<string, BoardDecisions> budget in decisions.GroupBy(row => row.Budget))
            console.WriteLine($"Decisions by {budget.Key}: {string.Join(", ", budget.Select(row => FormattableString.Invariant($"{row.Count:N0} {row.Verdict}")))}.");
    }

    // The first line names the decision and the policy; the other rules are in the full text below.
    private static string Why(string explanation, string budget)
    {
        string[] lines = [.. explanation.Split('\n').Skip(1).Where(line => line.StartsWith(budget + ": ", StringComparison.Ordinal))];
        return string.Join(' ', lines);
    }

    private static Style StyleOf(Verdict verdict) => new(verdict switch
    {
        Verdict.Allow => Color.Green,
        Verdict.Deny => Color.Red,
        _ => Color.Yellow,
    });
}
