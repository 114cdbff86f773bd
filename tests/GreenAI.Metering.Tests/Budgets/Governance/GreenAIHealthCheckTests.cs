using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GreenAI.Metering.Tests;

/// <summary>Each rule of the health check by itself.</summary>
public sealed class GreenAIHealthCheckTests
{
    [Fact]
    public async Task Well_IsHealthy_WithFigures()
    {
        HealthCheckResult result = await CheckAsync(new FakeHealth { Statuses = [Budget(Verdict.Allow)] });
        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Equal(
            [
                new("audit.healthy", true), new("audit.lost", 0L), new("budget.month.spent_share", 0.5), new("budget.month.verdict", "allow"),
                new("ledger.reachable", true), new("metering.coverage", 0.95), new("policy.in_force", true),
            ],
            result.Data.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new KeyValuePair<string, object>(entry.Key, entry.Value)));
    }

    [Theory]
    [InlineData(Verdict.Allow, HealthStatus.Healthy)]
    [InlineData(Verdict.Warn, HealthStatus.Degraded)]
    [InlineData(Verdict.Degrade, HealthStatus.Degraded)]
    [InlineData(Verdict.Delay, HealthStatus.Degraded)]
    [InlineData(Verdict.Deny, HealthStatus.Degraded)]
    public async Task Verdict_FromWarnOn_IsDegraded(Verdict verdict, HealthStatus expected)
    {
        HealthCheckResult result = await CheckAsync(new FakeHealth { Statuses = [Budget(Verdict.Allow), Budget(verdict)] });
        Assert.Equal(expected, result.Status);
        if (verdict == Verdict.Deny) Assert.Equal("Budget month: deny. Half of it is spent.", result.Description);
    }

    [Fact]
    public async Task DegradedFrom_Later_PassesOverWarnings() => Assert.Equal(
        HealthStatus.Healthy, (await CheckAsync(new FakeHealth { Statuses = [Budget(Verdict.Warn)] }, new() { DegradedFrom = Verdict.Delay })).Status);

    [Fact]
    public async Task Deny_ByChoice_IsUnhealthy_OrWhatTheRegistrationSays()
    {
        FakeHealth health = new() { Statuses = [Budget(Verdict.Deny)] };
        BudgetHealthOptions options = new() { UnhealthyOnDeny = true };
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(health, options)).Status);
        GreenAIHealthCheck check = new(health, options);
        HealthCheckContext context = new() { Registration = new("greenai", check, HealthStatus.Degraded, null) };
        Assert.Equal(HealthStatus.Degraded, (await check.CheckHealthAsync(context, TestContext.Current.CancellationToken)).Status);
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(new FakeHealth { Statuses = [Budget(Verdict.Delay)] }, options)).Status);
    }

    [Fact]
    public async Task ShadowOrWaived_DoesNotCount()
    {
        BudgetStatus shadow = new() { Budget = "a", Kind = BudgetKind.Energy, Verdict = Verdict.Deny, IsShadow = true };
        BudgetStatus waived = new() { Budget = "b", Kind = BudgetKind.Energy, Verdict = Verdict.Deny, Waiver = "W-1" };
        HealthCheckResult result = await CheckAsync(new FakeHealth { Statuses = [shadow, waived] }, new() { UnhealthyOnDeny = true });
        Assert.Equal((HealthStatus.Healthy, "deny"), (result.Status, result.Data["budget.a.verdict"]));
    }

    [Theory]
    [InlineData(0.9, false, HealthStatus.Healthy)]
    [InlineData(0.89, false, HealthStatus.Degraded)]
    [InlineData(0.89, true, HealthStatus.Unhealthy)]
    [InlineData(0, true, HealthStatus.Unhealthy)]
    [InlineData(double.NaN, true, HealthStatus.Unhealthy)]
    public async Task Coverage_BelowTheThreshold(double coverage, bool byChoice, HealthStatus expected)
    {
        HealthCheckResult result = await CheckAsync(new FakeHealth { Coverage = coverage }, new() { UnhealthyOnLostCoverage = byChoice });
        Assert.Equal(expected, result.Status);
        if (coverage == 0.89) Assert.Equal("The coverage of metering is 89 %, below 90 %.", result.Description);
    }

    [Fact]
    public async Task Ledger_Audit_AndUnmetered_AreDegraded_AndSaid()
    {
        (FakeHealth Health, string Text)[] cases =
        [
            (new() { IsLedgerReachable = false }, "The ledger does not answer."),
            (new() { IsAuditHealthy = false }, "The audit log cannot be written."),
            (new() { AuditLost = 3 }, "The audit log has lost 3 event(s)."),
            (new() { Statuses = [new() { Budget = "a", Part = "model=x", Kind = BudgetKind.Energy, Unmetered = 7 }] }, "Budget a[model=x] lacks 7 inference(s) whose cost could not be known."),
            (new() { Statuses = [new() { Budget = "a", Kind = BudgetKind.Energy, Forfeited = 2_500_000 }] }, "Budget a: 2.5 J are charged to holders that fell silent."),
            (new() { Statuses = [new() { Budget = "a", Kind = BudgetKind.Energy, Overrun = 1_000_000 }] }, "Budget a: 1 J were spent beyond what was reserved."),
        ];
        foreach ((FakeHealth health, string text) in cases)
        {
            HealthCheckResult result = await CheckAsync(health, new() { UnhealthyOnDeny = true, UnhealthyOnLostCoverage = true });
            Assert.Equal((HealthStatus.Degraded, text), (result.Status, result.Description));
        }
    }

    [Fact]
    public async Task Policy_NotInForceOrRefused_IsDegraded_AndSaid()
    {
        BudgetPolicy later = new() { Version = "2", EffectiveFrom = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        (FakeHealth Health, HealthStatus Status, string Text)[] cases =
        [
            (new() { IsPolicyStated = false, PolicyVersion = null }, HealthStatus.Healthy, "No policy is stated."),
            (new(), HealthStatus.Healthy, "Budgets are kept, and all of what they stand on is there."),
            (new() { PolicyVersion = null }, HealthStatus.Degraded, "A policy is stated and none is in force: nothing is refused."),
            (new() { PolicyVersion = null, PendingPolicy = later }, HealthStatus.Degraded, "No policy is in force, and nothing is refused, until policy 2 comes into force 2027-01-01 00:00:00Z."),
            (new() { PendingPolicy = later }, HealthStatus.Healthy, "Budgets are kept, and all of what they stand on is there."),
            (new() { PolicyProblem = "It is bad." }, HealthStatus.Degraded, "The last policy was refused, and 1 stays in force. It is bad."),
        ];
        foreach ((FakeHealth health, HealthStatus status, string text) in cases)
        {
            HealthCheckResult result = await CheckAsync(health);
            Assert.Equal((status, text, health.PolicyVersion is not null), (result.Status, result.Description, result.Data["policy.in_force"]));
        }
    }

    [Fact]
    public void Options_Defaults()
    {
        BudgetHealthOptions options = new();
        Assert.Equal((Verdict.Warn, false, 0.9, false), (options.DegradedFrom, options.UnhealthyOnDeny, options.MinCoverage, options.UnhealthyOnLostCoverage));
    }

    private static Task<HealthCheckResult> CheckAsync(FakeHealth health, BudgetHealthOptions? options = null) =>
        new GreenAIHealthCheck(health, options ?? new()).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    private static BudgetStatus Budget(Verdict verdict) => new() { Budget = "month", Kind = BudgetKind.Energy, Limit = 10, Spent = 5, Verdict = verdict, Reason = "Half of it is spent." };

    private sealed class FakeHealth : IBudgetHealth
    {
        public bool IsPolicyStated { get; init; } = true;

        public string? PolicyVersion { get; init; } = "1";

        public BudgetPolicy? PendingPolicy { get; init; }

        public string? PolicyProblem { get; init; }

        public IReadOnlyList<BudgetStatus> Statuses { get; init; } = [];

        public bool IsLedgerReachable { get; init; } = true;

        public bool IsAuditHealthy { get; init; } = true;

        public long AuditLost { get; init; }

        public double Coverage { get; init; } = 0.95;
    }
}
