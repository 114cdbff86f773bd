namespace GreenAI.Metering;

/// <summary>The policy in a board report.</summary>
/// <remarks>Immutable.</remarks>
public sealed class BoardPolicy
{
    internal BoardPolicy()
    {
    }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>From when on it is in force; null: from ever.</summary>
    public DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>How many different people must have approved it.</summary>
    public required int RequiredApprovals { get; init; }

    /// <summary>How many different people have, without approvals that are dated in the future.</summary>
    public required int Approvers { get; init; }

    /// <summary>Who approved it.</summary>
    public required IReadOnlyList<PolicyApproval> Approvals { get; init; }

    /// <summary>Roles that must have approved it and have not yet.</summary>
    public required IReadOnlyList<string> MissingRoles { get; init; }

    internal static BoardPolicy Of(BudgetPolicy policy, string hash, DateTimeOffset now)
    {
        PolicyApproval[] given = PolicyApprovals.Given(policy, now);
        return new()
        {
            Version = policy.Version,
            Hash = hash,
            EffectiveFrom = policy.EffectiveFrom == DateTimeOffset.MinValue ? null : policy.EffectiveFrom,
            RequiredApprovals = policy.RequiredApprovals,
            Approvers = given.Select(approval => approval.By).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            Approvals = policy.Approvals,
            MissingRoles = [.. policy.RequiredRoles.Where(role => !given.Any(approval => string.Equals(approval.Role, role, StringComparison.OrdinalIgnoreCase)))],
        };
    }
}
