using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The policy, its budgets and waivers, of a snapshot.</summary>
internal static class PagePolicy
{
    public const int ShownBudgets = 24;
    public const int ShownWaivers = 50;

    /// <summary>The budgets that are shown. In the order of the policy, so that nothing jumps; where not all fit, those that matter most.</summary>
    public static IReadOnlyList<BudgetStatus> Shown(IReadOnlyList<BudgetStatus> statuses) => statuses.Count <= ShownBudgets
        ? statuses
        : [.. statuses.OrderByDescending(budget => budget.Verdict).ThenByDescending(budget => budget.Spent / budget.Limit).Take(ShownBudgets)];

    public static void Write(Utf8JsonWriter writer, MeterBudgets budgets, IReadOnlyList<BudgetStatus> statuses, IReadOnlyList<BudgetStatus> shown, EnergyTotals totals, DateTimeOffset now)
    {
        BudgetPolicy? policy = budgets.Policy;
        writer.WriteStartObject("policy");
        writer.WriteString("version", policy?.Version);
        writer.WriteString("problem", budgets.PolicyProblem);
        writer.WriteString("pendingVersion", budgets.PendingPolicy?.Version);
        writer.Time("pendingFrom", budgets.PendingPolicy?.EffectiveFrom);
        writer.WriteString("ledger", budgets.Ledger);
        writer.WriteNumber("budgets", statuses.Count);
        writer.WriteString("verdict", Worst(statuses)?.ToString());
        writer.WriteEndObject();
        writer.WriteStartArray("budgets");
        foreach (BudgetStatus budget in shown) Write(writer, budget);
        writer.WriteEndArray();
        writer.WriteStartArray("waivers");
        if (policy is not null) WriteWaivers(writer, policy, statuses, totals, now);
        writer.WriteEndArray();
        writer.WriteNumber("moreWaivers", Math.Max(0, (policy?.Waivers.Count ?? 0) - ShownWaivers));
    }

    // A budget in shadow mode refuses nobody.
    private static Verdict? Worst(IReadOnlyList<BudgetStatus> statuses) =>
        statuses.Count == 0 ? null : statuses.Max(budget => budget.IsShadow ? Verdict.Allow : budget.Verdict);

    private static void Write(Utf8JsonWriter writer, BudgetStatus budget)
    {
        writer.WriteStartObject();
        writer.WriteString("name", budget.Budget);
        writer.WriteString("part", budget.Part);
        writer.WriteString("kind", budget.Kind.ToString());
        writer.WriteString("unit", BudgetUnit.SymbolOf(budget.Kind));
        writer.Figure("limit", budget.Limit / 1e6);
        writer.Figure("spent", budget.Spent / 1e6);
        writer.Figure("remaining", budget.Remaining / 1e6);
        writer.Figure("outstanding", budget.Outstanding / 1e6);
        writer.Figure("overrun", budget.Overrun / 1e6);
        writer.Figure("forecast", budget.Forecast / 1e6);
        writer.Time("periodStart", budget.PeriodStart);
        writer.Time("periodEnd", budget.PeriodEnd);
        writer.WriteString("verdict", budget.Verdict.ToString());
        writer.WriteBoolean("isShadow", budget.IsShadow);
        writer.WriteString("waiver", budget.Waiver);
        writer.WriteString("reason", budget.Reason);
        writer.WriteString("tier", budget.Tier.ToString());
        writer.WriteNumber("inferences", budget.Inferences);
        writer.WriteNumber("unmetered", budget.Unmetered);
        writer.WriteBoolean("isLedgerReachable", budget.IsLedgerReachable);
        writer.WriteStartArray("burnRates");
        foreach (BurnRate rate in budget.BurnRates)
        {
            writer.WriteStartObject();
            writer.Seconds("windowSeconds", rate.Window);
            writer.Figure("rate", rate.Rate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("burnDown");
        foreach (BurnDownPoint point in budget.BurnDown)
        {
            writer.WriteStartObject();
            writer.Time("time", point.Time);
            writer.Figure("remaining", point.Remaining / 1e6);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteWaivers(Utf8JsonWriter writer, BudgetPolicy policy, IReadOnlyList<BudgetStatus> statuses, EnergyTotals totals, DateTimeOffset now)
    {
        var input = new BoardReportInput { Policy = policy, PolicyHash = "", GeneratedAt = now, Totals = totals, Budgets = statuses, Host = Environment.MachineName };
        foreach (Waiver waiver in policy.Waivers.Take(ShownWaivers))
        {
            BoardWaiver row = BoardWaiver.Of(input, waiver);
            writer.WriteStartObject();
            writer.WriteString("id", row.Id);
            writer.WriteString("rule", row.Rule);
            writer.WriteString("scope", row.Scope);
            writer.WriteString("reason", row.Reason);
            writer.WriteString("approvedBy", row.ApprovedBy);
            writer.Time("from", row.From);
            writer.Time("expires", row.Expires);
            writer.WriteString("state", row.State.ToString());
            writer.WriteEndObject();
        }
    }
}
