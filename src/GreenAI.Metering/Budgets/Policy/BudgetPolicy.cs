namespace GreenAI.Metering;

/// <summary>A policy: budgets, targets of indicators, waivers and charters, approved and in force from a time on.</summary>
/// <remarks>Immutable once it is in force. Read it from a file, from configuration, or make it in code.</remarks>
public sealed partial class BudgetPolicy
{
    /// <summary>The policy's own version, as its authors count them.</summary>
    public required string Version { get; init; }

    /// <summary>From when on it is in force.</summary>
    public DateTimeOffset EffectiveFrom { get; init; } = DateTimeOffset.MinValue;

    /// <summary>How many different people must have approved it.</summary>
    /// <value>0.</value>
    public int RequiredApprovals { get; init; }

    /// <summary>Roles of which each must have approved it.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<string> RequiredRoles { get; init; } = [];

    /// <summary>Who approved it.</summary>
    public IReadOnlyList<PolicyApproval> Approvals { get; init; } = [];

    /// <summary>The budgets.</summary>
    public IReadOnlyList<BudgetDefinition> Budgets { get; init; } = [];

    /// <summary>Targets of indicators.</summary>
    public IReadOnlyList<KpiRule> Kpis { get; init; } = [];

    /// <summary>Exceptions that expire by themselves.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>What projects have promised.</summary>
    public IReadOnlyList<Charter> Charters { get; init; } = [];
}
