namespace GreenAI.Metering;

/// <summary>A waiver in a board report.</summary>
/// <remarks>Immutable.</remarks>
public sealed class BoardWaiver
{
    private static readonly TimeSpan _soon = TimeSpan.FromDays(30);

    internal BoardWaiver()
    {
    }

    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>The budget or target that is waived.</summary>
    public required string Rule { get; init; }

    /// <summary>For whom, as <c>model=ranker</c>; null: all in the rule's own scope.</summary>
    public string? Scope { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>By whom.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>From when on; null: from the policy's beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Whether it holds.</summary>
    public required WaiverState State { get; init; }

    /// <summary>How much may be spent beyond the limit, in <see cref="Unit"/>; null: without a cap.</summary>
    public long? Cap { get; init; }

    /// <summary>How much is spent beyond the limits of the budget's parts that it is for, in <see cref="Unit"/>; null when that is not known, and outside its time.</summary>
    public double? Used { get; init; }

    /// <summary><c>microgramsCO2e</c>, <c>microjoules</c> or the like; null for a waiver of a target.</summary>
    public string? Unit { get; init; }

    internal BudgetKind? Kind { get; init; }

    internal static BoardWaiver Of(BoardReportInput input, Waiver waiver)
    {
        BudgetDefinition? budget = input.Policy.Budgets.FirstOrDefault(budget => budget.Id == waiver.Rule);
        BudgetKind? kind = budget?.Kind;
        DateTimeOffset now = input.GeneratedAt;
        double[] beyond = budget is null || now < waiver.From || now >= waiver.Expires ? [] :
            [.. input.Budgets.Where(status => status.Budget == budget.Id && IsFor(waiver.Scope, budget.Scope, status.Part, input)).Select(status => Math.Max(0, status.Spent - status.Limit))];
        return new()
        {
            Id = waiver.Id,
            Rule = waiver.Rule,
            Scope = ScopeOf(waiver.Scope),
            Reason = waiver.Reason,
            ApprovedBy = waiver.ApprovedBy,
            From = waiver.From == DateTimeOffset.MinValue ? null : waiver.From,
            Expires = waiver.Expires,
            State = StateOf(waiver, now, beyond),
            Cap = waiver.CapMicrounits,
            Used = beyond.Length == 0 ? null : Figures.Finite(beyond.Sum()),
            Kind = kind,
            Unit = kind is { } known ? BudgetUnit.NameOf(known) : null,
        };
    }

    // The cap is of each part apart: while one has some left, it holds.
    internal static WaiverState StateOf(Waiver waiver, DateTimeOffset now, double[] beyond) =>
        waiver.Expires <= now ? WaiverState.Expired
        : waiver.From > now ? WaiverState.NotYet
        : waiver.CapMicrounits is { } cap && beyond.Length > 0 && beyond.All(used => used >= cap) ? WaiverState.UsedUp
        : waiver.Expires - now <= _soon ? WaiverState.Expiring
        : WaiverState.Active;

    // What both name is the same, or the policy were refused: only of a budget for each apart the part must be looked at.
    private static bool IsFor(BudgetScope waived, BudgetScope budget, string part, BoardReportInput input)
    {
        string[] parts = part.Split(',');
        return (waived.Model is null || budget.Model != BudgetScope.Each || parts.Contains($"model={waived.Model}"))
            && (waived.Tenant is null || budget.Tenant != BudgetScope.Each || parts.Contains($"tenant={waived.Tenant}"))
            && (waived.Service is null || waived.Service == input.Service)
            && (waived.Host is null || waived.Host == input.Host);
    }

    private static string? ScopeOf(BudgetScope scope)
    {
        List<string> parts = [];
        if (scope.Model is { } model) parts.Add($"model={model}");
        if (scope.Tenant is { } tenant) parts.Add($"tenant={tenant}");
        if (scope.Service is { } service) parts.Add($"service={service}");
        if (scope.Host is { } host) parts.Add($"host={host}");
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}
