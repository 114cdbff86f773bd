namespace GreenAI.Metering.Observability.Tests;

/// <summary>Budgets that burn, one that refuses, one each tenant, and a baseline: whatever a rule or a panel asks for.</summary>
internal static class ServicePolicy
{
    public static BudgetPolicy Policy { get; } = BudgetPolicy.FromJson("""
        {
          "version": "1",
          "budgets": [
            { "id": "grams", "kind": "emissions", "limit": { "value": 1, "unit": "mgCO2e" }, "window": { "type": "calendar", "unit": "month" } },
            { "id": "joules", "kind": "energy", "limit": { "value": 1, "unit": "J" }, "window": { "type": "calendar", "unit": "month" },
              "burn": [{ "long": "PT5S", "short": "PT1S", "factor": 100, "do": "warn" }] },
            { "id": "per-tenant", "kind": "energy", "scope": { "tenant": "*" }, "limit": { "value": 1, "unit": "MJ" }, "window": { "type": "calendar", "unit": "day" } },
            { "id": "small-only", "kind": "energy", "scope": { "model": "small" }, "limit": { "value": 1, "unit": "J" }, "window": { "type": "lifetime" },
              "ladder": [{ "at": 1, "do": "deny" }] },
            { "id": "mean", "kind": "energyPerInference", "limit": { "value": 1, "unit": "uJ" }, "window": { "type": "rolling", "length": "PT1M" } }
          ],
          "kpis": [{ "id": "no-dearer", "kpi": "EPI", "model": "large", "baseline": { "mean": 0.000001 } }]
        }
        """);
}
