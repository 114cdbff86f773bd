namespace GreenAI.Metering.Accuracy.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Execute_SameSeed_GivesTheSameToTheLastBit()
    {
        RunResult first = ScenarioRun.Execute(Scenarios.Busy, seed: 7, learn: true);
        RunResult second = ScenarioRun.Execute(Scenarios.Busy, seed: 7, learn: true);

        Assert.Equal(first.Models, second.Models);
        Assert.Equal(first.Requests, second.Requests);
        Assert.All(first.Models, static model => Assert.True(model.TrueJoules > 0));
    }

    [Fact]
    public void Execute_OtherMode_HasTheSameTruth()
    {
        RunResult equal = ScenarioRun.Execute(Scenarios.Busy, seed: 7, learn: false);
        RunResult learned = ScenarioRun.Execute(Scenarios.Busy, seed: 7, learn: true);

        Assert.Equal(equal.Models.Select(static model => model.TrueJoules), learned.Models.Select(static model => model.TrueJoules));
    }

    [Fact]
    public void Execute_OtherSeed_GivesAnotherRun()
    {
        RunResult first = ScenarioRun.Execute(Scenarios.Busy, seed: 7, learn: true);
        RunResult second = ScenarioRun.Execute(Scenarios.Busy, seed: 8, learn: true);

        Assert.NotEqual(first.Models[0].TrueJoules, second.Models[0].TrueJoules);
    }

    [Fact]
    public void Draw_IsThatOfSplitMix_OnEveryRuntime()
    {
        var draw = new Draw(1, DrawPurpose.Arrivals);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => draw.Uniform())];

        Assert.Equal(0.5, values.Average(), 0.01);
        Assert.Equal(1.0 / 12, values.Average(static value => (value - 0.5) * (value - 0.5)), 0.002);
        Assert.NotEqual(values[0], new Draw(1, DrawPurpose.Durations).Uniform());
        Assert.Equal(values[0], new Draw(1, DrawPurpose.Arrivals).Uniform());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void Draw_EveryDistribution_HasItsMean(int seed, double mean)
    {
        foreach (Distribution distribution in Enum.GetValues<Distribution>())
        {
            var draw = new Draw(seed, DrawPurpose.Durations);
            Assert.Equal(mean, Enumerable.Range(0, 50_000).Average(_ => draw.Of(distribution, mean)), 0.03 * mean);
        }
    }
}
