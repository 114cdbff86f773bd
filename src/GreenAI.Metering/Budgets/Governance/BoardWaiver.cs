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

    /// <summary>How much of it was used, in <see cref="Unit"/>; null when it is not known.</summary>
    public double? Used { get; init; }

    /// <summary><c>microgramsCO2e</c>, <c>microjoules</c> or the like; null for a waiver of a target.</summary>
    public string? Unit { get; init; }

    internal BudgetKind? Kind { get; init; }

    internal static BoardWaiver Of(BudgetPolicy policy, Waiver waiver, double? used, DateTimeOffset now)
    {
        BudgetKind? kind = policy.Budgets.FirstOrDefault(budget => budget.Id == waiver.Rule)?.Kind;
        return new()
        {
            Id = waiver.Id,
            Rule = waiver.Rule,
            Scope = ScopeOf(waiver.Scope),
            Reason = waiver.Reason,
            ApprovedBy = waiver.ApprovedBy,
            From = waiver.From == DateTimeOffset.MinValue ? null : waiver.From,
            Expires = waiver.Expires,
            State = StateOf(waiver, now),
            Cap = waiver.CapMicrounits,
            Used = Figures.Finite(used),
            Kind = kind,
            Unit = kind is { } known ? BudgetUnit.NameOf(known) : null,
        };
    }

    internal static WaiverState StateOf(Waiver waiver, DateTimeOffset now) =>
        waiver.Expires <= now ? WaiverState.Expired
        : waiver.From > now ? WaiverState.NotYet
        : waiver.Expires - now <= _soon ? WaiverState.Expiring
        : WaiverState.Active;

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
