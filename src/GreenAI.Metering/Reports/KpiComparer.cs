namespace GreenAI.Metering;

/// <summary>Compares an indicator of two reports.</summary>
internal static class KpiComparer
{
    /// <param name="before">The baseline's.</param>
    /// <param name="after">The current one.</param>
    /// <param name="carbonReason">Why grams do not compare; null when they do.</param>
    public static KpiChange Compare(ReportKpi before, ReportKpi after, string? carbonReason)
    {
        KpiChange row = Row(after) with
        {
            Before = Figures.Finite(before.Value),
            After = Figures.Finite(after.Value),
            VerdictBefore = before.Verdict,
            VerdictAfter = after.Verdict,
        };
        if (Obstacle(before, after, carbonReason) is { } obstacle) return row with { Outcome = ChangeOutcome.NotComparable, Reason = obstacle };
        if (row.Before is not { } from || row.After is not { } to)
        {
            ChangeOutcome outcome = row.After is not null ? ChangeOutcome.BecameDefined
                : row.Before is not null ? ChangeOutcome.BecameUndefined : ChangeOutcome.StillUndefined;
            return row with { Outcome = outcome, Reason = Why(row.After is null ? after : before) };
        }

        double? absolute = Figures.Difference(from, to);
        return row with
        {
            Absolute = absolute,
            Relative = Figures.Relative(from, absolute),
            Outcome = from == to ? ChangeOutcome.Same : to > from == KpiDirection.IsHigherBetter(after.Kpi) ? ChangeOutcome.Better : ChangeOutcome.Worse,
            IsWithinUncertainty = Figures.Overlap(from, before.Uncertainty, to, after.Uncertainty),
            Reason = before.Tier == after.Tier ? null : $"It was {ReportText.Word(before.Tier)} and is {ReportText.Word(after.Tier)}.",
        };
    }

    /// <summary>An indicator that one of the reports does not have.</summary>
    public static KpiChange Only(ReportKpi kpi, ChangeOutcome outcome)
    {
        double? value = Figures.Finite(kpi.Value);
        return outcome == ChangeOutcome.Added
            ? Row(kpi) with { Outcome = outcome, After = value, VerdictAfter = kpi.Verdict, Reason = value is null ? Why(kpi) : null }
            : Row(kpi) with { Outcome = outcome, Before = value, VerdictBefore = kpi.Verdict, Reason = value is null ? Why(kpi) : null };
    }

    private static string? Obstacle(ReportKpi before, ReportKpi after, string? carbonReason)
    {
        if (carbonReason is not null && KpiDirection.HasGridCarbon(after.Kpi)) return carbonReason;
        return before.Unit == after.Unit && before.NumeratorUnit == after.NumeratorUnit && before.DenominatorUnit == after.DenominatorUnit
            ? null
            : $"The units differ: {Units(before)} and {Units(after)}.";
    }

    private static string Units(ReportKpi kpi) => $"{kpi.Unit} ({kpi.NumeratorUnit} / {kpi.DenominatorUnit})";

    private static string Why(ReportKpi kpi) => kpi.Reason ?? $"It is undefined: {ReportText.Word(kpi.Gap)}.";

    private static KpiChange Row(ReportKpi kpi) => new()
    {
        Model = kpi.Model,
        Item = kpi.Item,
        Window = kpi.Window,
        Kpi = kpi.Kpi,
        Abbreviation = kpi.Abbreviation,
        Name = kpi.Name,
        Unit = kpi.Unit,
        Outcome = ChangeOutcome.Same,
    };
}
