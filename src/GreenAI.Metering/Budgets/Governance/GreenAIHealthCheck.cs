using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>Health of budgets and of what they stand on: the policy, verdicts, the ledger, the audit log, the coverage of metering.</summary>
/// <remarks>
/// Thread-safe; reads what is in memory. Degraded: a policy that is stated and not in force, or was refused; a budget from
/// <see cref="BudgetHealthOptions.DegradedFrom"/> on, or with a part that is charged to silent holders or was spent unreserved; a ledger that does not answer; an
/// audit log that cannot be written or has lost events; inferences whose cost could not be known; lost coverage. Unhealthy only where the options say so.
/// </remarks>
public sealed class GreenAIHealthCheck : IHealthCheck
{
    private readonly IBudgetHealth _health;
    private readonly BudgetHealthOptions _options;

    /// <summary>Makes the check of a meter; <c>AddHealthChecks().AddCheck&lt;GreenAIHealthCheck&gt;("greenai")</c> does so.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="options">When it is degraded, and when unhealthy.</param>
    public GreenAIHealthCheck(EnergyMeter meter, IOptions<BudgetHealthOptions> options)
        : this((meter ?? throw new ArgumentNullException(nameof(meter))).Budgets, (options ?? throw new ArgumentNullException(nameof(options))).Value)
    {
    }

    internal GreenAIHealthCheck(IBudgetHealth health, BudgetHealthOptions options)
    {
        _health = health;
        _options = options;
    }

    /// <summary>Looks at the budgets.</summary>
    /// <param name="context">Its registration's failure status is what unhealthy is reported as.</param>
    /// <param name="cancellationToken">Not needed: nothing is waited for.</param>
    /// <returns>The status, what is wrong in sentences, and figures: <c>policy.in_force</c>, <c>ledger.reachable</c>, <c>audit.healthy</c>, <c>audit.lost</c>, <c>metering.coverage</c>, and of each budget <c>verdict</c>, <c>spent_share</c> and <c>unmetered</c>.</returns>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        Findings findings = new();
        LookAtPolicy(findings);
        foreach (BudgetStatus budget in _health.Statuses) Look(budget, findings);
        Look(findings);
        HealthStatus status = findings.IsUnhealthy ? context.Registration?.FailureStatus ?? HealthStatus.Unhealthy
            : findings.Sentences.Count > 0 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        string description = findings.Sentences.Count > 0 ? string.Join(' ', findings.Sentences)
            : _health.PolicyVersion is null ? "No policy is stated."
            : "Budgets are kept, and all of what they stand on is there.";
        return Task.FromResult(new HealthCheckResult(status, description, data: findings.Data));
    }

    private void LookAtPolicy(Findings findings)
    {
        string? version = _health.PolicyVersion;
        findings.Data["policy.in_force"] = version is not null;
        if (version is null && _health.PendingPolicy is { } pending)
            findings.Add($"No policy is in force, and nothing is refused, until policy {pending.Version} comes into force {ReportText.Time(pending.EffectiveFrom)}.", isUnhealthy: false);
        else if (version is null && _health.IsPolicyStated)
            findings.Add("A policy is stated and none is in force: nothing is refused.", isUnhealthy: false);
        if (_health.PolicyProblem is { } problem)
            findings.Add($"The last policy was refused{(version is null ? "" : $", and {version} stays in force")}. {problem}", isUnhealthy: false);
    }

    private void Look(BudgetStatus budget, Findings findings)
    {
        string name = budget.Part.Length == 0 ? budget.Budget : $"{budget.Budget}[{budget.Part}]";
        findings.Data[$"budget.{name}.verdict"] = ReportText.Word(budget.Verdict);
        if (budget.Limit > 0 && Figures.Finite(budget.Spent / budget.Limit) is { } share) findings.Data[$"budget.{name}.spent_share"] = share;
        if (budget.Unmetered > 0)
        {
            findings.Data[$"budget.{name}.unmetered"] = budget.Unmetered;
            findings.Add($"Budget {name} lacks {ReportText.Whole(budget.Unmetered)} inference(s) whose cost could not be known.", isUnhealthy: false);
        }

        if (budget.Forfeited > 0) findings.Add($"Budget {name}: {BudgetUnit.Text(budget.Kind, budget.Forfeited)} are charged to holders that fell silent.", isUnhealthy: false);
        if (budget.Overrun > 0) findings.Add($"Budget {name}: {BudgetUnit.Text(budget.Kind, budget.Overrun)} were spent beyond what was reserved.", isUnhealthy: false);

        // Before waivers, and of shadow mode: what requests are not answered does no harm.
        if (budget.IsShadow || budget.Waiver is not null || budget.Verdict == Verdict.Allow) return;
        bool isDenied = budget.Verdict == Verdict.Deny && _options.UnhealthyOnDeny;
        if (isDenied || budget.Verdict >= _options.DegradedFrom)
            findings.Add($"Budget {name}: {ReportText.Word(budget.Verdict)}. {budget.Reason}".TrimEnd(), isDenied);
    }

    private void Look(Findings findings)
    {
        findings.Data["ledger.reachable"] = _health.IsLedgerReachable;
        findings.Data["audit.healthy"] = _health.IsAuditHealthy;
        findings.Data["audit.lost"] = _health.AuditLost;
        findings.Data["metering.coverage"] = _health.Coverage;
        if (!_health.IsLedgerReachable) findings.Add("The ledger does not answer.", isUnhealthy: false);
        if (!_health.IsAuditHealthy) findings.Add("The audit log cannot be written.", isUnhealthy: false);
        if (_health.AuditLost > 0) findings.Add($"The audit log has lost {ReportText.Whole(_health.AuditLost)} event(s).", isUnhealthy: false);
        // Written so that what is no number is too low as well.
        if (!(_health.Coverage >= _options.MinCoverage))
            findings.Add($"The coverage of metering is {ReportText.Percent(_health.Coverage)}, below {ReportText.Percent(_options.MinCoverage)}.", _options.UnhealthyOnLostCoverage);
    }

    private sealed class Findings
    {
        public List<string> Sentences { get; } = [];

        public Dictionary<string, object> Data { get; } = [];

        public bool IsUnhealthy { get; private set; }

        public void Add(string sentence, bool isUnhealthy)
        {
            Sentences.Add(sentence);
            IsUnhealthy |= isUnhealthy;
        }
    }
}
