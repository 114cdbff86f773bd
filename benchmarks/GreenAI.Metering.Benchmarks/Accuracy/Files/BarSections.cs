namespace GreenAI.Metering.Benchmarks;

/// <summary>Reads a scenario's bars. A file may be stricter than its class, never laxer.</summary>
/// <remarks>
/// identifiable-linear: 5 % misallocated; models with more than 20 % of the energy within 5 %, with more than 2 % within 20 % (the two may be
/// left out beyond 0.5 W of noise or 3 W of drift a minute, or with less than 2 s of lead-in). turbo-wakeup: 5 %. saturated: 12 %.
/// unidentifiable: at most 1 point worse than equal shares. weak: none needed.
/// </remarks>
internal static class BarSections
{
    private const double Unlimited = 1000;

    public static ScenarioBars Bars(JsonSection section, Scenario scenario)
    {
        ScenarioClass kind = scenario.Class;
        bool stated = kind == ScenarioClass.IdentifiableLinear && scenario.Counter.NoiseWatts <= 0.5
            && Math.Abs(scenario.Idle.DriftWattsPerMinute) <= 3 && scenario.LeadInSeconds >= 2;
        double misallocated = kind switch
        {
            ScenarioClass.IdentifiableLinear or ScenarioClass.TurboWakeup => 5,
            ScenarioClass.Saturated => 12,
            _ => Unlimited,
        };
        var bars = new ScenarioBars(
            Limit(section, "misallocatedPercent", misallocated, misallocated < Unlimited),
            Limit(section, "largeModelErrorPercent", stated ? 5 : Unlimited, stated),
            Limit(section, "smallModelErrorPercent", stated ? 20 : Unlimited, stated),
            Limit(section, "worseThanEqualPoints", kind == ScenarioClass.Unidentifiable ? 1 : Unlimited, kind == ScenarioClass.Unidentifiable),
            Limit(section, "relearnSeconds", 60, needed: false));
        section.End();
        if (bars.RelearnSeconds is not null && !scenario.Models.Any(static model => model.Changes.Count > 0))
            throw section.Problem("relearnSeconds", "needs a model with changes");
        return bars;
    }

    private static double? Limit(JsonSection section, string key, double limit, bool needed) =>
        needed || section.Has(key) ? section.Number(key, 0, limit) : null;
}
