namespace GreenAI.Metering.Tests;

/// <summary>What a board report is made of, by hand.</summary>
internal static class BoardSamples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public static BudgetPolicy Policy { get; } = new()
    {
        Version = "3.1.0",
        EffectiveFrom = Now.AddDays(-28),
        RequiredApprovals = 2,
        RequiredRoles = ["sustainability", "board"],
        Approvals =
        [
            new() { Role = "Sustainability", By = "a|b", At = Now.AddDays(-30) },
            new() { Role = "engineering", By = "A|B", At = Now.AddDays(-29) },
            new() { Role = "board", By = "later", At = Now.AddDays(1) },
        ],
        Budgets =
        [
            new() { Id = "month", Kind = BudgetKind.Emissions, LimitMicrounits = 4e7, Scope = new() { Model = "resnet50", Tenant = "t" }, Window = new() { Type = BudgetWindowType.Calendar } },
            new() { Id = "joules", Kind = BudgetKind.Energy, LimitMicrounits = 1e9, Window = new() { Type = BudgetWindowType.Calendar } },
        ],
        Kpis =
        [
            new() { Id = "cpi", Kpi = Kpi.CarbonPerInference, Max = 1 },
            new() { Id = "regression", Kpi = Kpi.EnergyPerInference, Model = "resnet50", Baseline = new() { Mean = 2, MaxIncrease = 0.05 } },
            new() { Id = "renewables", Kpi = Kpi.RenewableMatching, Min = 0.9 },
        ],
        Waivers =
        [
            new() { Id = "W-1", Rule = "month", Reason = "migration", ApprovedBy = "board", Expires = Now.AddDays(31), CapMicrounits = 5_000_000, Scope = new() { Model = "resnet50", Tenant = "t" } },
            new() { Id = "W-2", Rule = "cpi", Reason = "pilot", ApprovedBy = "board", Expires = Now.AddDays(30) },
            new() { Id = "W-3", Rule = "joules", Reason = "over", ApprovedBy = "board", Expires = Now },
            new() { Id = "W-4", Rule = "month", Reason = "later", ApprovedBy = "board", From = Now.AddDays(1), Expires = Now.AddDays(3) },
        ],
        Charters =
        [
            Charter("vision", "resnet50", 120, "month"),
            Charter("search", "ranker", 1e-7, null),
            Charter("speech", "unknown", 5, "gone"),
        ],
    };

    public static BudgetStatus Month { get; } = new()
    {
        Budget = "month",
        Kind = BudgetKind.Emissions,
        Limit = 4e7,
        Spent = 3.6e7,
        Forecast = 5e7,
        Verdict = Verdict.Degrade,
        Reason = "90 % is spent.",
        PeriodStart = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        PeriodEnd = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        Tier = MeasurementTier.Measured,
        Waiver = "W-1",
        Unmetered = 2,
        BurnRates = [new(TimeSpan.FromHours(1), 2.5)],
        BurnDown = [new(Now.AddDays(-28), 4e7), new(Now.AddDays(-14), 2e7), new(Now, 4e6)],
    };

    public static BoardReportInput Input { get; } = new()
    {
        Policy = Policy,
        PolicyHash = "sha256:0123",
        GeneratedAt = Now,
        Service = "vision | <b>",
        Totals = Totals,
        Budgets = [Month, new() { Budget = "joules", Part = "model=ranker", Kind = BudgetKind.Energy, Limit = 1e9, Spent = 2e9, Forfeited = 3e6, Overrun = 1.5e6, IsShadow = true, Verdict = Verdict.Deny, IsLedgerReachable = false }],
        Kpis =
        [
            Reading("resnet50", Kpi.CarbonPerInference, 1.5, 1), Reading(null, Kpi.CarbonPerInference, 1, 2), Reading(null, Kpi.CarbonPerInference, 9, 1, TimeSpan.FromDays(1)),
            Reading("resnet50", Kpi.EnergyPerInference, 2.2, 1), Reading("ranker", Kpi.EnergyPerInference, 9, 1),
            new("resnet50", null, EnergyToSolution.Of([new(Amounts.Measured(100), false)])),
            new(null, TimeSpan.FromHours(1), new KpiValue { Kpi = Kpi.WattsPerQuery, Numerator = 1, Denominator = 2, Target = new(KpiComparison.AtMost, 0.01) }),
        ],
        Decisions = [new() { Budget = "month", Verdict = Verdict.Degrade, Count = 12 }, new() { Budget = "month", Verdict = Verdict.Allow, Count = 1000 }],
        Events = [AuditRig.Event(1), AuditRig.Event(3)],
    };

    private static EnergyTotals Totals => new()
    {
        Devices =
        [
            new()
            {
                Device = new() { Id = "rapl:package-0", Name = "package", Domain = EnergyDomain.CpuPackage, Tier = MeasurementTier.Measured },
                Total = Energy.FromJoules(10), Settled = Energy.FromJoules(6), Idle = Energy.FromJoules(4), Coverage = 0.97, Holes = 3,
            },
        ],
        Models =
        [
            new() { Name = "resnet50", Settled = Energy.FromJoules(5), EnergyWithIdle = Energy.FromJoules(8), Tier = MeasurementTier.Measured, Uncertainty = new(0.1, 0.2) },
            new() { Name = "ranker", Settled = Energy.FromJoules(1), EnergyWithIdle = Energy.FromJoules(2), Tier = MeasurementTier.Measured, Uncertainty = new(0.15, 0.1) },
            new() { Name = "unknown", Tier = MeasurementTier.Unavailable },
        ],
        Tier = MeasurementTier.Measured,
        Carbon = new() { Method = CarbonMethod.LocationBased, Boundary = CarbonBoundary.Lifecycle, Gap = CarbonGap.NotConfigured, Reason = "No zone.", EmbodiedReason = "Not stated.", Models = [], PricedShare = 0 },
        SelfCost = new(),
        DroppedScopes = 4,
    };

    private static KpiReading Reading(string? model, Kpi kpi, double numerator, double denominator, TimeSpan? window = null) => new(
        model, window ?? TimeSpan.FromHours(1),
        new() { Kpi = kpi, Numerator = numerator, Denominator = denominator, Tier = MeasurementTier.Measured, Uncertainty = new(0.01, 0.01), Window = window ?? TimeSpan.FromHours(1) });

    private static Charter Charter(string project, string model, double estimate, string? budget) => new()
    {
        Project = project,
        Owner = "owner",
        Objective = "objective",
        Model = model,
        EnergyToSolutionKilowattHours = estimate,
        EstimateMethod = "pilot",
        Budget = budget,
        ReviewDate = new(2026, 12, 1),
    };
}
