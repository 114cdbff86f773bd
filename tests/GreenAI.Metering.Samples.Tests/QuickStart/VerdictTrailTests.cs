namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class VerdictTrailTests
{
    private const Verdict Allow = Verdict.Allow, Warn = Verdict.Warn, Degrade = Verdict.Degrade, Deny = Verdict.Deny;

    [Theory]
    [InlineData(true, Allow, Warn, Degrade, Deny, Allow)]
    [InlineData(true, Allow, Warn, Degrade, Deny, Degrade, Deny, Allow)]
    [InlineData(true, Allow, Warn, Allow, Warn, Degrade, Deny, Allow)]
    [InlineData(false, Allow, Warn, Degrade, Deny)]
    [InlineData(false, Allow, Warn, Deny, Allow)]
    [InlineData(false, Allow, Warn, Degrade, Allow)]
    [InlineData(false, Allow, Deny, Degrade, Warn, Allow)]
    [InlineData(false, Warn, Degrade, Deny, Allow)]
    [InlineData(false, Allow, Warn, Degrade, Allow, Deny, Allow)]
    public void IsComplete_OnlyWhenEachRungWasReachedInTurnAndAllowCameBack(bool isComplete, params Verdict[] verdicts)
    {
        VerdictTrail trail = new(TimeProvider.System);
        foreach (Verdict verdict in verdicts) trail.Add(verdict, () => "");
        Assert.Equal(isComplete, trail.IsComplete);
    }

    [Fact]
    public void Add_SameVerdictAgain_IsOneRowAndNotExplainedAgain()
    {
        SteadySource time = new();
        VerdictTrail trail = new(time);
        trail.Add(Allow, () => "first");
        time.Advance(TimeSpan.FromSeconds(1));
        trail.Add(Allow, () => throw new InvalidOperationException("explained again"));
        trail.Add(Warn, () => "second");

        Assert.Equal(["first", "second"], trail.Changes.Select(change => change.Explanation));
        Assert.Equal(TimeSpan.FromSeconds(1), trail.Changes[1].Time - trail.Changes[0].Time);
    }
}
