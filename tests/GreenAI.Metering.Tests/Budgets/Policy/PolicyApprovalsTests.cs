namespace GreenAI.Metering.Tests;

/// <summary>Who must have approved a policy.</summary>
public sealed class PolicyApprovalsTests
{
    private static readonly DateTimeOffset _now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Missing_Nothing_IsNull()
    {
        Assert.Null(PolicyApprovals.Missing(new() { Version = "1" }, _now));
        Assert.Null(PolicyApprovals.Missing(BudgetPolicy.FromJson(PolicySamples.Example), _now));
        Assert.Null(PolicyApprovals.Missing(Policy(1, ["Board"], By("a", "board", _now.AddMinutes(4))), _now));
        // After the policy's first day: it is in force from when it has what it needs.
        Assert.Null(PolicyApprovals.Missing(new() { Version = "1", EffectiveFrom = _now.AddDays(-9), RequiredApprovals = 1, Approvals = [By("a", "x", _now.AddDays(-1))] }, _now));
    }

    [Fact]
    public void Missing_Somebody_IsToldWho()
    {
        Assert.Equal(
            "Nobody has approved it; it must have approvals by 2 more people of 2 and an approval in each of the roles \"board\", \"engineering\".",
            PolicyApprovals.Missing(Policy(2, ["board", "engineering"]), _now));
        Assert.Equal(
            "It is approved by Ann (board), ann (engineering); it must have approvals by 1 more person of 2.",
            PolicyApprovals.Missing(Policy(2, ["board"], By("Ann", "board"), By("ann", "engineering")), _now));
        Assert.Equal(
            "It is approved by a (x), b (x); it must have an approval in the role \"board\".",
            PolicyApprovals.Missing(Policy(2, ["board"], By("a", "x"), By("b", "x")), _now));
        Assert.Equal(
            "Nobody has approved it; it must have approvals by 1 more person of 1. That by c is dated later than now, 2027-01-01T00:00:00Z, and does not count yet.",
            PolicyApprovals.Missing(Policy(1, [], By("c", "x", _now.AddMinutes(6))), _now));
    }

    private static BudgetPolicy Policy(int people, string[] roles, params PolicyApproval[] approvals) =>
        new() { Version = "1", RequiredApprovals = people, RequiredRoles = roles, Approvals = approvals };

    private static PolicyApproval By(string person, string role, DateTimeOffset? at = null) => new() { By = person, Role = role, At = at ?? _now.AddDays(-1) };
}
