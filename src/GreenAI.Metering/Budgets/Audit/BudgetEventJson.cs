using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Events and statuses as JSON: one form for the audit log, for CloudEvents and for reports.</summary>
/// <remarks>Texts are cut to a length that keeps a line of the audit log within its bound: names and reasons may come from outside.</remarks>
internal static class BudgetEventJson
{
    private const int MostNameLetters = 512;
    private const int MostReasonLetters = 2048;
    private const int MostRates = 16;

    /// <summary>What happened, as the audit log and CloudEvents name it: <c>verdictChanged</c>.</summary>
    public static string KindOf(BudgetEvent budgetEvent) => ReportText.Word(budgetEvent.Kind);

    /// <summary>All of an event but its kind, its time and its policy, as properties of the object that is being written.</summary>
    public static void WriteData(Utf8JsonWriter json, BudgetEvent budgetEvent)
    {
        Text(json, "rule", budgetEvent.Rule);
        Text(json, "part", budgetEvent.Part);
        json.WriteString("verdict", ReportText.Word(budgetEvent.Verdict));
        json.WriteString("before", ReportText.Word(budgetEvent.Before));
        if (budgetEvent.Decision != 0) json.WriteNumber("decision", budgetEvent.Decision);
        if (budgetEvent.Count != 0) json.WriteNumber("count", budgetEvent.Count);
        json.WriteBoolean("shadow", budgetEvent.IsShadow);
        Text(json, "model", budgetEvent.Model);
        Text(json, "tenant", budgetEvent.Tenant);
        Text(json, "waiver", budgetEvent.Waiver);
        json.WriteString("reason", Cut(budgetEvent.Reason, MostReasonLetters));
        if (budgetEvent.Status is not { } status) return;
        json.WritePropertyName("status");
        WriteStatus(json, status, withPoints: false);
    }

    public static void WriteStatus(Utf8JsonWriter json, BudgetStatus status, bool withPoints)
    {
        json.WriteStartObject();
        Text(json, "budget", status.Budget);
        Text(json, "part", status.Part);
        json.WriteString("kind", ReportText.Word(status.Kind));
        json.WriteString("unit", BudgetUnit.NameOf(status.Kind));
        Number(json, "limit", status.Limit);
        Number(json, "spent", status.Spent);
        Number(json, "outstanding", status.Outstanding);
        Number(json, "forfeited", status.Forfeited);
        Number(json, "overrun", status.Overrun);
        Number(json, "remaining", status.Remaining);
        Number(json, "forecast", status.Forecast);
        json.WriteString("periodStart", status.PeriodStart.ToUniversalTime());
        json.WriteString("periodEnd", status.PeriodEnd.ToUniversalTime());
        json.WriteString("verdict", ReportText.Word(status.Verdict));
        json.WriteBoolean("shadow", status.IsShadow);
        Text(json, "waiver", status.Waiver);
        json.WriteString("reason", Cut(status.Reason, MostReasonLetters));
        json.WriteStartArray("burnRates");
        foreach (BurnRate rate in status.BurnRates.Take(MostRates))
        {
            json.WriteStartObject();
            json.WriteNumber("windowSeconds", rate.Window.TotalSeconds);
            Number(json, "rate", rate.Rate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("inferences", status.Inferences);
        json.WriteString("tier", ReportText.Word(status.Tier));
        json.WriteNumber("unmetered", status.Unmetered);
        json.WriteBoolean("ledgerReachable", status.IsLedgerReachable);
        if (withPoints) WritePoints(json, status.BurnDown);
        json.WriteEndObject();
    }

    private static void WritePoints(Utf8JsonWriter json, IReadOnlyList<BurnDownPoint> points)
    {
        json.WriteStartArray("burnDown");
        foreach (BurnDownPoint point in points)
        {
            json.WriteStartObject();
            json.WriteString("time", point.Time.ToUniversalTime());
            Number(json, "remaining", point.Remaining);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) json.WriteString(name, Cut(text, MostNameLetters));
    }

    // What is no number is null: JSON has no other way, and 0 would be a claim.
    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}
