using GreenAI.Metering.Checks;

namespace GreenAI.Metering.AotSmoke;

/// <summary>A policy read from JSON and at work: verdicts, events, the audit log, the report of a board, a ledger in a file.</summary>
internal static class ChecksOfBudgets
{
    private const string Service = "answers";

    private const string Policy = """
        {
          "version": "1.2.0",
          // Comments are allowed.
          "budgets": [
            {
              "id": "all-month",
              "kind": "energy",
              "limit": { "value": 1000, "unit": "kWh" },
              "window": { "type": "calendar", "unit": "month", "timeZone": "UTC" },
              "ladder": [{ "at": 0.8, "do": "warn" }, { "at": 1, "do": "deny" }]
            },
            {
              "id": "small-day",
              "scope": { "model": "small" },
              "kind": "energy",
              "limit": { "value": 1, "unit": "J" },
              "window": { "type": "rolling", "length": "P1D" },
              "ladder": [{ "at": 1, "do": "deny" }]
            }
          ],
          "kpis": [{ "id": "epi", "kpi": "EPI", "max": 1000, "do": "warn" }]
        }
        """;

    public static async Task RunAsync(CheckList checks, string sysfsRoot)
    {
        BudgetPolicy policy = BudgetPolicy.FromJson(Policy);
        checks.Equal("1.2.0", policy.Version, "a policy is read from JSON");
        checks.Equal(policy.Hash, BudgetPolicy.FromJson(policy.ToJson()).Hash, "a policy is written and read back the same");
        checks.Contains("$.budgets[1].limit.unit, line 16: It is \"joule\"", Refusal(Policy.Replace("\"J\"", "\"joule\"", StringComparison.Ordinal)), "a bad policy is refused with path, line and value");
        string folder = Directory.CreateTempSubdirectory("greenai-aot-").FullName;
        try
        {
            await AdmitAsync(checks, policy, sysfsRoot, Path.Combine(folder, "audit"));
            await ShareAsync(checks, policy, sysfsRoot, Path.Combine(folder, "ledger.db"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AdmitAsync(CheckList checks, BudgetPolicy policy, string sysfsRoot, string audit)
    {
        await using (EnergyMeter meter = new(Options(sysfsRoot, audit), new MeterEnvironment { Policy = policy }))
        {
            Admission admitted = meter.TryAdmit(meter.Model("large"));
            checks.That(admitted.HoldsReservation, "an inference is admitted", admitted.Reason);
            meter.Begin(meter.Model("large"), admitted).Complete();
            Admission denied = meter.TryAdmit(meter.Model("small"), meter.Tenant("acme"), Energy.FromJoules(2));
            checks.Equal(Verdict.Deny, denied.Verdict, "an inference is denied");
            checks.Contains("small-day: used up", denied.Reason, "a denial says why");
            checks.Contains("small-day", meter.Budgets.Explain(denied), "a denial is explained");
            await meter.SettleAsync();

            BoardReport report = await meter.Budgets.ReportAsync(CancellationToken.None);
            checks.Contains("\"small-day\"", report.ToJson(), "the report of a board as JSON");
            checks.Contains("all-month", report.ToMarkdown(), "the report of a board for people");
            BudgetEvent changed = meter.Budgets.RecentEvents()[0];
            checks.Contains("\"type\":\"io.greenai.budget.policyChanged.v1\"", changed.ToCloudEvent("/" + Service), "an event as a CloudEvent");
        }

        AuditVerification intact = await AuditLog.VerifyAsync(audit);
        checks.That(intact.IsIntact && intact.Records >= 2, "the audit log is written and intact", $"{intact.Records} records, {intact.ProblemCount} problems");
        string file = Directory.EnumerateFiles(audit).Order(StringComparer.Ordinal).First(path => new FileInfo(path).Length > 0);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("used up", "used ok", StringComparison.Ordinal));
        checks.That(!(await AuditLog.VerifyAsync(audit)).IsIntact, "an audit log that was changed is found out", "it is taken for intact");
    }

    private static async Task ShareAsync(CheckList checks, BudgetPolicy policy, string sysfsRoot, string path)
    {
        await using SqliteBudgetLedger ledger = new(new SqliteBudgetLedgerOptions { Path = path });
        await using EnergyMeter meter = new(Options(sysfsRoot, null), new MeterEnvironment { Policy = policy, Ledger = ledger });
        await meter.Budgets.FlushAsync();
        Admission admitted = await meter.AdmitAsync(new AdmissionRequest(meter.Model("large")) { Estimate = Energy.FromJoules(1) }, CancellationToken.None);
        checks.That(admitted.HoldsReservation, "an inference is admitted from a lease of the SQLite ledger", admitted.Reason);
        admitted.Dispose();
        await meter.Budgets.FlushAsync();
        BudgetStatus status = meter.Budgets.Status().Single(budget => budget.Budget == "all-month");
        checks.That(status.Outstanding > 0, "the SQLite ledger knows the lease", $"{status.Outstanding}");
    }

    private static GreenAIMeteringOptions Options(string sysfsRoot, string? audit) =>
        new() { SysfsRoot = sysfsRoot, Sources = ["rapl"], Budgets = { Service = Service, AuditFolder = audit } };

    private static string Refusal(string json)
    {
        try
        {
            return BudgetPolicy.FromJson(json).Version;
        }
        catch (PolicyFormatException exception)
        {
            return exception.Message;
        }
    }
}
