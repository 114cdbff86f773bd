namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class ScalingConvergenceTests
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Utilization_StabilisedAsLongAsItsWindow_ConvergesToTheTargetWithoutFlapping(int windowMinutes)
    {
        TimeSpan window = TimeSpan.FromMinutes(windowMinutes);
        using var cluster = new ReplicaSimulator(window, window, TimeSpan.FromMinutes(5));
        cluster.Start(6);
        foreach ((double load, bool rises) in new[] { (3.9, false), (7.8, true), (2.6, false) })
        {
            IReadOnlyList<int> changes = await cluster.RunAsync(load, _hour);
            Assert.InRange(load / cluster.Replicas, 0.65 * 0.85, 0.65 * 1.1);
            Assert.True(changes.All(change => change > 0 == rises), $"Under {load} the replicas changed by {string.Join(", ", changes)}.");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Utilization_NotStabilisedUpwards_Overshoots(int downMinutes)
    {
        // The negative control, and why both directions are to be stabilised: the mean lags behind, and each sync multiplies again.
        using var cluster = new ReplicaSimulator(TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromMinutes(downMinutes));
        cluster.Start(6);
        await cluster.RunAsync(3.9, _hour);
        IReadOnlyList<int> changes = await cluster.RunAsync(7.8, _hour);
        Assert.Contains(changes, change => change > 0);
        Assert.Contains(changes, change => change < 0);
    }
}
