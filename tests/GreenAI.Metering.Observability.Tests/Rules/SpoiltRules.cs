namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>Mistakes that somebody could make in the rules of budgets; every one has to be found.</summary>
internal static class SpoiltRules
{
    private const string Pages30m = "8 times the pace, seen by two replicas";
    private const string Pages5m = "20 times the pace pages";
    private const string Ended10m = "20 times the pace that ended";
    private const string Spike = "a spike of ten minutes";
    private const string Ended1h = "8 times the pace for hours";
    private const string Joules = "an energy budget in joules";
    private const string NotSums = "spend of a rolling window";
    private const string TwoServices = "two services have a budget";
    private const string Forecast = "a forecast above the limit";
    private const string UsedUp = "a used up budget";
    private const string Refused = "a budget that refuses";
    private const string FairPace = "exactly the fair pace";
    private const string ThreeDays = "1.5 times the pace";
    private const string OneDay = "3.1 times the pace for one day after";
    private const string DayEnded = "3.1 times the pace for a day that ended";
    private const string ThreeHours = "3.5 times the pace";
    private const string TwoDaysEnded = "twice the pace";

    public static IEnumerable<Spoilt> OfBudgets =>
    [
        new("factor of 5m", "burn_rate:5m > 14.4", "burn_rate:5m > 21", Pages5m),
        new("factor of 1h", "burn_rate:1h > 14.4", "burn_rate:1h > 21", Pages5m),
        new("factor of 30m", "burn_rate:30m > 6", "burn_rate:30m > 9", Pages30m),
        new("factor of 6h", "burn_rate:6h > 6", "burn_rate:6h > 9", Pages30m),
        new("factor of 2h", "burn_rate:2h > 3", "burn_rate:2h > 4", OneDay),
        new("factor of 1d", "burn_rate:1d > 3", "burn_rate:1d > 4", OneDay),
        new("factor of 6h, slow", "burn_rate:6h > 1.05", "burn_rate:6h > 2", ThreeDays),
        new("factor of 3d", "burn_rate:3d > 1.05", "burn_rate:3d > 2", ThreeDays),
        new("factors below the fair pace", "> 1.05", "> 0.95", FairPace),
        new("window 5m", "carbon_spent_grams[5m]", "carbon_spent_grams[1h]", Ended10m),
        new("window 30m", "carbon_spent_grams[30m]", "carbon_spent_grams[6h]", Ended1h),
        new("window 1h", "carbon_spent_grams[1h]", "carbon_spent_grams[5m]", Spike),
        new("window 6h", "carbon_spent_grams[6h]", "carbon_spent_grams[30m]", Spike),
        new("window 2h", "carbon_spent_grams[2h]", "carbon_spent_grams[1d]", DayEnded),
        new("window 1d", "carbon_spent_grams[1d]", "carbon_spent_grams[2h]", ThreeHours),
        new("window 3d", "carbon_spent_grams[3d]", "carbon_spent_grams[6h]", ThreeHours),
        new("window 6h, slow", "carbon_spent_grams[6h]", "carbon_spent_grams[3d]", TwoDaysEnded),
        new("window of joules", "energy_spent_joules[6h]", "energy_spent_joules[1d]", Joules),
        new("spend of grams summed over replicas", "max by (job, greenai_budget) (rate(greenai_budget_carbon", "sum by (job, greenai_budget) (rate(greenai_budget_carbon", Pages30m),
        new("limit of grams summed over replicas", "max by (job, greenai_budget) (greenai_budget_carbon_limit", "sum by (job, greenai_budget) (greenai_budget_carbon_limit", Pages30m),
        new("spend of joules summed over replicas", "max by (job, greenai_budget) (rate(greenai_budget_energy", "sum by (job, greenai_budget) (rate(greenai_budget_energy", Joules),
        new("limit of joules summed over replicas", "max by (job, greenai_budget) (greenai_budget_energy_limit", "sum by (job, greenai_budget) (greenai_budget_energy_limit", Joules),
        new("period summed over replicas", "max by (job, greenai_budget) (greenai_budget_period", "sum by (job, greenai_budget) (greenai_budget_period", Pages30m),
        new("spend summed for what is used up", "max by (job, greenai_budget) (greenai_budget_carbon_spent", "sum by (job, greenai_budget) (greenai_budget_carbon_spent", UsedUp),
        new("not by job", "job, greenai_budget", "greenai_budget", TwoServices),
        new("windows that roll", "greenai_budget_window=\"calendar\",", "", NotSums),
        new("means per inference", "greenai_budget_kind=~\"emissions|energy\"", "", "spend of a rolling window"),
        new("guard too low", "increase1h <= 500", "increase1h <= 200", "the same burn below the volume guard"),
        new("no guard", "unless on (job, greenai_budget) greenai:budget_decisions:increase1h <= 500", "", "the same burn below the volume guard"),
        new("guard of decisions that nobody counts", "unless on (job, greenai_budget) greenai:budget_decisions:increase1h <= 500", "and on (job, greenai_budget) greenai:budget_decisions:increase1h > 500", "a service that meters without asking"),
        new("either window is enough", "5m > 14.4 and on (job, greenai_budget)", "5m > 14.4 or", Spike),
        new("severity of a page", "severity: page", "severity: ticket", Pages30m),
        new("forecast at once", "for: 1h", "for: 1m", Forecast),
        new("forecast without joules", "      or max by (job, greenai_budget) (greenai_budget_energy_forecast_joules) >", "      and max by (job, greenai_budget) (greenai_budget_energy_forecast_joules) >", Forecast),
        new("used up at twice the limit", "ratio:max >= 1", "ratio:max >= 2", UsedUp),
        new("used up at once", "for: 5m", "for: 0m", UsedUp),
        new("delays do not count", "Deny|Delay", "Deny", Refused),
        new("warnings count as refusals", "Deny|Delay", "Deny|Delay|Warn", Refused),
        new("share of refusals", "> 0.01", "> 0.2", Refused),
        new("any refusal", "> 0.01", "> 0", Refused),
    ];
}
