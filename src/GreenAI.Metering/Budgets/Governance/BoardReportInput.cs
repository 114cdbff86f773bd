namespace GreenAI.Metering;

/// <summary>What a board report is made of.</summary>
internal sealed class BoardReportInput
{
    /// <summary>The policy in force.</summary>
    public required BudgetPolicy Policy { get; init; }

    /// <summary>Its hash.</summary>
    public required string PolicyHash { get; init; }

    /// <summary>The time of the report.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The service; null when it has no name.</summary>
    public string? Service { get; init; }

    /// <summary>The meter's books, grams included.</summary>
    public required EnergyTotals Totals { get; init; }

    /// <summary>Where the budgets stand.</summary>
    public IReadOnlyList<BudgetStatus> Budgets { get; init; } = [];

    /// <summary>The meter's indicators.</summary>
    public IReadOnlyList<KpiReading> Kpis { get; init; } = [];

    /// <summary>What came of the last tests of baselines, by the target's name and the model; for those that are missing the mean alone is compared, when there are enough inferences.</summary>
    public IReadOnlyDictionary<(string Rule, string? Model), RegressionResult> Regressions { get; init; } = new Dictionary<(string, string?), RegressionResult>();

    /// <summary>Decisions by budget and verdict.</summary>
    public IReadOnlyList<BoardDecisions> Decisions { get; init; } = [];

    /// <summary>What happened lately, the oldest first.</summary>
    public IReadOnlyList<BudgetEvent> Events { get; init; } = [];

    /// <summary>The host, for waivers that name one; null: such waivers are taken for others'.</summary>
    public string? Host { get; init; }
}
