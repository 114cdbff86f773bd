using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Budgets as JSON.</summary>
internal static class BudgetJsonWriter
{
    public static void Write(Utf8JsonWriter writer, BudgetDefinition budget)
    {
        bool isEnergy = budget.Kind.IsEnergy();
        writer.WriteString("id", budget.Id);
        Write(writer, budget.Scope);
        writer.Word("kind", PolicyWords.Kinds, budget.Kind);
        PolicyAmount.Write(writer, "limit", budget.LimitMicrounits, isEnergy);
        if (budget.Basis is { } basis) writer.Word("basis", PolicyWords.Bases, basis);
        // Energy has no such parts; that of which it was nevertheless said is written, so that it is refused.
        if (!isEnergy || budget.IncludesEmbodied || !budget.IncludesOperational)
        {
            writer.WriteStartArray("include");
            if (budget.IncludesOperational) writer.WriteStringValue("operational");
            if (budget.IncludesEmbodied) writer.WriteStringValue("embodied");
            writer.WriteEndArray();
        }

        writer.WriteBoolean("idle", budget.IncludesIdle);
        writer.WriteString("charge", budget.ChargesUpperBound ? "upperBound" : "central");
        Write(writer, budget.Window);
        writer.List("ladder", budget.Ladder, Write);
        writer.List("burn", budget.Burn, Write);
        writer.Word("onLedgerDown", PolicyWords.Outages, budget.OnLedgerDown);
        writer.WriteBoolean("refuseUnmetered", budget.RefusesUnmetered);
        writer.WriteString("mode", budget.Shadow ? "shadow" : "enforce");
    }

    public static void Write(Utf8JsonWriter writer, BudgetScope? scope)
    {
        if (scope is null)
        {
            writer.WriteNull("scope");
            return;
        }

        writer.WriteStartObject("scope");
        writer.Text("model", scope.Model);
        writer.Text("tenant", scope.Tenant);
        writer.Text("service", scope.Service);
        writer.Text("host", scope.Host);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BudgetWindow? window)
    {
        if (window is null)
        {
            writer.WriteNull("window");
            return;
        }

        bool isCalendar = window.Type == BudgetWindowType.Calendar;
        writer.WriteStartObject("window");
        writer.Word("type", PolicyWords.Windows, window.Type);
        if (isCalendar) writer.Word("unit", PolicyWords.Units, window.Unit);
        // What another kind of window has is written only where it was said, so that it is refused.
        if (isCalendar || window.TimeZone != "UTC") writer.WriteString("timeZone", window.TimeZone);
        if (isCalendar || window.FirstMonth != 1) writer.WriteNumber("firstMonth", window.FirstMonth);
        if (isCalendar || window.CarryOver != 0) writer.Number("carryOver", window.CarryOver);
        if (window.Type == BudgetWindowType.Rolling || window.Length != TimeSpan.Zero) writer.WriteString("length", PolicyDuration.Write(window.Length));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, LadderStep step)
    {
        writer.Number("at", step.At);
        writer.Word("on", PolicyWords.Measures, step.On);
        // Left out, it is the same as the level itself.
        writer.Number("clear", step.Clear ?? step.At);
        writer.WriteString("dwell", PolicyDuration.Write(step.Dwell));
        writer.Action(step.Action);
        if (step.MinTier is { } tier) writer.Word("minTier", PolicyWords.Tiers, tier);
        writer.Texts("exempt", step.ExemptPriorities);
    }

    private static void Write(Utf8JsonWriter writer, BurnRule burn)
    {
        writer.WriteString("long", PolicyDuration.Write(burn.Long));
        writer.WriteString("short", PolicyDuration.Write(burn.Short));
        writer.Number("factor", burn.Factor);
        writer.WriteNumber("minInferences", burn.MinInferences);
        writer.Action(burn.Action);
    }
}
