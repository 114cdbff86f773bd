using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Why a budget says what it says, as a sentence with its figures.</summary>
internal static class BudgetExplanation
{
    /// <summary>The sentence.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="period">The name of the period.</param>
    public static string Of(BudgetAssessor budget, in BudgetDecision decision, string period) =>
        $"{budget.Definition.Id}: {Why(budget, decision)}{Downgrade(budget, decision)}; {Window(budget, period)}.";

    private static string Why(BudgetAssessor budget, in BudgetDecision decision) => decision.Kind switch
    {
        BudgetRuleKind.Ladder => Step(budget, decision),
        BudgetRuleKind.Burn => Burn(budget, decision),
        _ => Level(budget, budget.Value, forecast: false),
    };

    private static string Step(BudgetAssessor budget, in BudgetDecision decision)
    {
        LadderStep step = budget.Definition.Ladder[decision.Index];
        bool forecast = step.On == LadderMeasure.Forecast;
        double value = forecast ? budget.Forecast : budget.Value;
        double clear = step.Clear ?? step.At;
        string at = BudgetAmountText.Percent(step.At), below = BudgetAmountText.Percent(clear);
        double limit = budget.Figures.Limit;
        string where = value >= step.At * limit ? $"at or above {at}" : value >= clear * limit ? $"was at or above {at}" : $"was at or above {at} a short while ago";
        string until = $"until below {below}";
        long held = Math.Min(budget.StepHeldUntil(decision.Index), budget.Definition.Window.Type == BudgetWindowType.Calendar ? budget.Figures.PeriodEndTicks : long.MaxValue);
        if (held > budget.Figures.UtcTicks) until += $", at least until {Time(held)}";
        return $"{Level(budget, value, forecast)}, {where}: {Action(step.Action, decision.Verdict)} {until}";
    }

    private static string Burn(BudgetAssessor budget, in BudgetDecision decision)
    {
        BurnRule rule = budget.Definition.Burn[decision.Index];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"spent {budget.BurnRate(decision.Index, isLong: true):0.##} times as fast as its pace over {DurationText.Short(rule.Long)} and {budget.BurnRate(decision.Index, isLong: false):0.##} times over {DurationText.Short(rule.Short)}, both at or above {rule.Factor:0.##}: {Action(rule.Action, decision.Verdict)} until one is below; {Level(budget, budget.Value, forecast: false)}");
    }

    private static string Level(BudgetAssessor budget, double value, bool forecast)
    {
        BudgetKind kind = budget.Definition.Kind;
        double limit = budget.Figures.Limit;
        string of = BudgetAmountText.Of(kind, limit);
        if (double.IsNaN(value)) return budget.IsPerInference ? $"no inference yet, limit {of} per inference" : $"no forecast yet, limit {of}";
        string share = limit > 0 ? $" ({BudgetAmountText.Percent(value / limit)})" : "";
        string text = $"{BudgetAmountText.Of(kind, value)} of {of}{share}";
        return budget.IsPerInference ? text + " per inference" : forecast ? text + " forecast" : text + " spent";
    }

    private static string Action(BudgetAction action, Verdict verdict) => verdict switch
    {
        Verdict.Degrade => $"degrade to {action.Model}",
        Verdict.Delay => action.RetryAfter > TimeSpan.Zero ? $"delay by {DurationText.Short(action.RetryAfter)}" : "delay",
        Verdict.Deny => "deny",
        Verdict.Warn => "warn",
        _ => "tell observers",
    };

    private static string Downgrade(BudgetAssessor budget, in BudgetDecision decision) => decision.IsDowngraded
        ? $"; a stricter step only warns, since {BudgetAmountText.Percent(budget.Figures.ShareBelow(MeasurementTier.Measured))} of the spend was not measured"
        : "";

    private static string Window(BudgetAssessor budget, string period) => budget.Definition.Window.Type switch
    {
        BudgetWindowType.Calendar => $"window {period} ends {Time(budget.Figures.PeriodEndTicks)}",
        BudgetWindowType.Rolling => $"over the last {DurationText.Short(budget.Definition.Window.Length)}",
        _ => "without an end",
    };

    private static string Time(long ticks) =>
        new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
