namespace GreenAI.Metering;

/// <summary>An exception from a rule, with a reason, an approver and an end.</summary>
public sealed class Waiver
{
    /// <summary>Its name; unique in the policy.</summary>
    public required string Id { get; init; }

    /// <summary>The budget or target that is waived.</summary>
    public required string Rule { get; init; }

    /// <summary>For whom; within the rule's own scope. A model or tenant can be named only where the budget has it or <see cref="BudgetScope.Each"/>: what all share is waived for all. Targets know no tenants.</summary>
    public BudgetScope Scope { get; init; } = new();

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>By whom.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>From when on.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Until when: then the rule holds again, without anybody's doing.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>How much may be spent beyond the limit, in whole micrograms or microjoules; null: without a cap.</summary>
    public long? CapMicrounits { get; init; }
}
