namespace GreenAI.Metering;

/// <summary>Whether enough people, in the right roles, have approved a policy.</summary>
/// <remarks>
/// Somebody who approves in two roles is one person. An approval counts from its date on; one that is later than the policy's first day counts all the same: the
/// policy is in force from when it has what it needs.
/// </remarks>
internal static class PolicyApprovals
{
    /// <summary>How far the clock of who approves may be ahead.</summary>
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(5);

    /// <summary>The approvals that count: those that are not dated in the future.</summary>
    public static PolicyApproval[] Given(BudgetPolicy policy, DateTimeOffset now) => [.. policy.Approvals.Where(approval => approval.At <= now + _skew)];

    /// <summary>What is missing, in words; null when nothing is.</summary>
    public static string? Missing(BudgetPolicy policy, DateTimeOffset now)
    {
        PolicyApproval[] given = Given(policy, now);
        int people = given.Select(approval => approval.By).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        HashSet<string> roles = new(given.Select(approval => approval.Role), StringComparer.OrdinalIgnoreCase);
        string[] missing = [.. policy.RequiredRoles.Where(role => !roles.Contains(role))];
        int more = policy.RequiredApprovals - people;
        if (more <= 0 && missing.Length == 0) return null;
        List<string> needs = [];
        if (more > 0) needs.Add(FormattableString.Invariant($"approvals by {more} more {(more == 1 ? "person" : "people")} of {policy.RequiredApprovals}"));
        if (missing.Length > 0) needs.Add($"an approval in {(missing.Length == 1 ? "the role" : "each of the roles")} {string.Join(", ", missing.Select(SchemaWords.Quoted))}");
        return $"{Given(given)}; it must have {string.Join(" and ", needs)}.{Early(policy, given.Length, now)}";
    }

    private static string Given(PolicyApproval[] given) => given.Length == 0
        ? "Nobody has approved it"
        : $"It is approved by {string.Join(", ", given.Take(10).Select(approval => $"{SchemaWords.Cut(approval.By)} ({SchemaWords.Cut(approval.Role)})"))}{(given.Length > 10 ? " and others" : "")}";

    private static string Early(BudgetPolicy policy, int given, DateTimeOffset now) => given == policy.Approvals.Count
        ? ""
        : $" That by {SchemaWords.Cut(policy.Approvals.First(approval => approval.At > now + _skew).By)} is dated later than now, {PolicyTime.Write(now)}, and does not count yet.";
}
