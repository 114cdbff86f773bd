using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>What was decided lately and why, and how often, of a snapshot.</summary>
internal static class PageDecisions
{
    public const int ShownEvents = 20;
    public const int ShownCounts = 150;

    public static void Write(Utf8JsonWriter writer, MeterBudgets budgets, IReadOnlyList<BudgetStatus> shown)
    {
        writer.WriteStartArray("events");
        foreach (BudgetEvent happened in budgets.RecentEvents().Reverse().Take(ShownEvents)) Write(writer, happened, budgets);
        writer.WriteEndArray();
        writer.WriteStartArray("decisions");
        // Those of the budgets that are shown come first: their cards say how requests were answered.
        HashSet<string> first = [.. shown.Select(RuleOf)];
        IReadOnlyList<BoardDecisions> rows = budgets.Decisions();
        foreach (BoardDecisions row in rows.OrderBy(row => !first.Contains(row.Budget)).Take(ShownCounts))
        {
            writer.WriteStartObject();
            writer.WriteString("rule", row.Budget);
            writer.WriteString("verdict", row.Verdict.ToString());
            writer.WriteNumber("count", row.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("moreDecisions", Math.Max(0, rows.Count - ShownCounts));
    }

    private static string RuleOf(BudgetStatus budget) => budget.Part.Length > 0 ? $"{budget.Budget}/{budget.Part}" : budget.Budget;

    private static void Write(Utf8JsonWriter writer, BudgetEvent happened, MeterBudgets budgets)
    {
        writer.WriteStartObject();
        writer.Time("time", happened.Time);
        writer.WriteString("kind", happened.Kind.ToString());
        writer.WriteString("rule", happened.Rule);
        writer.WriteString("part", happened.Part);
        writer.WriteString("verdict", happened.Verdict.ToString());
        writer.WriteString("before", happened.Before.ToString());
        writer.WriteBoolean("isShadow", happened.IsShadow);
        writer.WriteString("waiver", happened.Waiver);
        writer.WriteNumber("decision", happened.Decision);
        writer.WriteString("reason", happened.Reason);
        writer.WriteString("explanation", budgets.Explain(happened.Decision));
        writer.WriteEndObject();
    }
}
