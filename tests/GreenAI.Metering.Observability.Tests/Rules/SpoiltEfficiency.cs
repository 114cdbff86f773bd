namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>Mistakes that somebody could make in the rules of efficiency and of metering itself.</summary>
internal static class SpoiltEfficiency
{
    private const string Regression = "energy regression over two replicas";
    private const string NotRegressed = "a regression seen by too few";
    private const string OnlyFailed = "only failed calls";
    private const string Dirtier = "a grid that is dirtier";
    private const string DirtierFew = "a dirtier grid seen by too few";
    private const string Coverage = "lost coverage";
    private const string CoverageAfterDays = "coverage that is lost after days";
    private const string NoEnergy = "a service that is up";
    private const string Lost = "what was not tracked";
    private const string Silent = "a ledger that does not answer";

    public static IEnumerable<Spoilt> All =>
    [
        new("factor of regression", "(1.2 * greenai:baseline", "(1.6 * greenai:baseline", Regression),
        new("failed calls are inferences", "{greenai_outcome=\"succeeded\"}[1h])) > 0", "[1h])) > 0", Regression),
        new("baselines summed over replicas", "max by (job, greenai_model) (greenai_baseline", "sum by (job, greenai_model) (greenai_baseline", Regression),
        new("energy of the worst replica only", "sum by (job, greenai_model) (rate(greenai_energy", "max by (job, greenai_model) (rate(greenai_energy", Regression),
        new("share of the idle floor left out", " + sum by (job, greenai_model) (rate(greenai_model_idle_energy_joules_total[1h]))", "", Regression),
        new("share of the idle floor twice", "rate(greenai_energy_joules_total[1h])", "rate(greenai_model_idle_energy_joules_total[1h])", Regression),
        new("regression at once", "for: 10m", "for: 0m", Regression),
        new("regression of few inferences", "greenai:inferences:increase1h > 500", "greenai:inferences:increase1h > 100", NotRegressed),
        new("regression of a guard that is never met", "greenai:inferences:increase1h > 500", "greenai:inferences:increase1h > 50000", Regression),
        new("models of two services as one", "job, greenai_model", "greenai_model", NotRegressed),
        new("a ratio without inferences", "[5m])) > 0)", "[5m])))", OnlyFailed),
        new("accounts added", "job, greenai_model, greenai_basis", "job, greenai_model", Dirtier),
        new("making the hardware counted as the grid", "{greenai_scope=\"operational\"}", "", Dirtier),
        new("factor of carbon", "(1.2 * (greenai:carbon", "(2.5 * (greenai:carbon", Dirtier),
        new("against an hour ago", "offset 1d", "offset 1h", Dirtier),
        new("dirtier grid seen by few", "greenai:inferences:increase1h > 500", "greenai:inferences:increase1h > 10", DirtierFew),
        new("intensity by joules", "3.6e6 *", "1 *", Dirtier),
        new("a dirtier grid as a ticket", "severity: info", "severity: ticket", Dirtier),
        new("threshold of coverage", "< 0.9", "< 0.4", Coverage),
        new("coverage not by device", "job, instance, hw_id", "job, instance", Coverage),
        new("coverage of an hour", "covered_time_seconds_total[10m]", "covered_time_seconds_total[1h]", CoverageAfterDays),
        new("coverage at once", "for: 10m", "for: 0m", Coverage),
        new("services that are down", "== 1 unless", ">= 0 unless", NoEnergy),
        new("services that are not metered by us", "up{job=\"greenai\"}", "up", NoEnergy),
        new("services that meter", "== 1 unless", "== 1 and", NoEnergy),
        new("what was once not tracked", "increase(greenai_metering_dropped_scopes_total[10m])", "greenai_metering_dropped_scopes_total", Lost),
        new("what was once not told", "increase(greenai_metering_observer_overflow_total[10m])", "greenai_metering_observer_overflow_total", Lost),
        new("a ledger that answers", "ledger_reachable) == 0", "ledger_reachable) == 1", Silent),
        new("a ledger that is silent for a moment", "ledger_reachable) == 0\n    for: 5m", "ledger_reachable) == 0\n    for: 0m", Silent),
        new("what the audit log once lost", "increase(greenai_budget_audit_lost_total[10m])", "greenai_budget_audit_lost_total", Silent),
    ];
}
