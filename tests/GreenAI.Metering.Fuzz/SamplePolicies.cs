namespace GreenAI.Metering.Fuzz;

/// <summary>Policies as people write them.</summary>
internal static class SamplePolicies
{
    public const string Small = """{"version":"1","budgets":[{"id":"b","kind":"energy","limit":{"value":1,"unit":"J"},"window":{"type":"rolling","length":"PT1H"},"ladder":[{"at":1,"do":"deny"}]}]}""";

    public const string Full = """
        {
          // A comment.
          "$schema": "urn:greenai-metering:policy:1", "version": "3.1.0", "effectiveFrom": "2026-12-01T00:00:00Z",
          "requiredApprovals": 1, "requiredRoles": ["board"],
          "approvals": [{ "role": "board", "by": "a@example.org", "at": "2026-11-20T10:00:00+01:00" }],
          "budgets": [
            {
              "id": "month", "scope": { "model": "resnet50", "service": "s", "host": "h" }, "kind": "emissions",
              "limit": { "value": 40.5, "unit": "kgCO2e" }, "basis": "location", "include": ["operational", "embodied"], "idle": true, "charge": "upperBound",
              "window": { "type": "calendar", "unit": "year", "timeZone": "UTC", "firstMonth": 4, "carryOver": 0.1 },
              "ladder": [{ "at": 0.9, "on": "forecast", "clear": 0.85, "dwell": "PT10M", "do": "degrade:resnet18", "minTier": "measured", "exempt": ["critical"] }, { "at": 1, "do": "delay:PT30S" }],
              "burn": [{ "long": "PT1H", "short": "PT5M", "factor": 14.4, "minInferences": 500, "do": "warn" }],
              "onLedgerDown": "open", "refuseUnmetered": true, "mode": "shadow"
            },
            { "id": "each", "scope": { "tenant": "*" }, "kind": "energyPerInference", "limit": { "value": 0.25, "unit": "uJ" }, "window": { "type": "lifetime" } },
          ],
          "kpis": [
            { "id": "cpi", "kpi": "CPI", "max": 1.0, "min": 0, "window": "P1D", "do": "warn" },
            { "id": "epi", "kpi": "EPI", "model": "m", "baseline": { "mean": 0.8, "standardDeviation": 0.1, "samples": 5000, "maxIncrease": 0.05, "confidence": 0.9, "minSamples": 20 } }
          ],
          "waivers": [{ "id": "W", "rule": "month", "scope": { "model": "resnet50" }, "reason": "why", "approvedBy": "board", "from": "2026-12-01T00:00:00Z", "expires": "2027-01-15T00:00:00Z", "cap": { "value": 5, "unit": "gCO2e" } }],
          "charters": [{ "project": "p", "owner": "o", "objective": "x", "model": "m", "targetQuality": { "metric": "accuracy", "value": 0.93 }, "e2s": { "kWh": 120, "method": "pilot" }, "budget": "month", "reviewDate": "2027-06-30" }]
        }
        """;
}
