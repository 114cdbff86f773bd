namespace GreenAI.Metering.Accuracy.Tests;

/// <summary>True energies against integrals done by hand.</summary>
public sealed class TruthTests
{
    // Both alone: 10 W · 1 s and 4 W · 0.5 s. One core: from 1.0 s on both run at half speed and half power, for twice as long: the same joules.
    [Theory]
    [InlineData("""{ "cores": 64 }""", 10, 2)]
    [InlineData("""{ "cores": 1 }""", 10, 2)]
    // Two cores that halve their frequency: A 0.5 s alone at 10 W, then both 1 s at an eighth: 5 + 1.25 and 0.5.
    [InlineData("""{ "cores": 2, "turboDrop": 0.5 }""", 6.25, 0.5)]
    // Awake from 0.5 s to 1.5 s: A has 6 W alone for 0.5 s, then half of it for 0.5 s, as B has.
    [InlineData("""{ "wakeUpWatts": 6 }""", 14.5, 3.5)]
    // Concave: A alone 20 (1 − e^−0.5) W for 0.5 s; both 20 (1 − e^−0.7) W for 0.5 s, split 10 : 4.
    [InlineData("""{ "capWatts": 20 }""", 3.934693402873666 + 3.595819016, 1.438327606)]
    public void Joules_OfTwoRequests_AreTheIntegralByHand(string host, double a, double b)
    {
        RunResult result = ScenarioRun.Execute(Scenarios.TwoRequests(host), seed: 1, learn: false);

        Assert.Equal(a, result.Models[0].TrueJoules, 1e-6);
        Assert.Equal(b, result.Models[1].TrueJoules, 1e-6);
        Assert.Equal(2, result.Requests);
        Assert.Equal(0, result.RequestsLost);
        Assert.Equal(0, result.ConservationMicrojoules);
    }

    [Fact]
    public void BilledJoules_OfRequestsThatNeverOverlapInATick_AreTheTruth()
    {
        Scenario scenario = Scenarios.Parse("""
            "durationSeconds": 5, "counter": { "noiseWatts": 0 },
            "models": [
              { "name": "a", "watts": 10, "durationMs": 1000, "distribution": "fixed" },
              { "name": "b", "watts": 4, "durationMs": 500, "distribution": "fixed" } ],
            "arrivals": [ { "model": "a", "atSeconds": [ 0.5 ] }, { "model": "b", "atSeconds": [ 3.0 ] } ]
            """);

        RunResult result = ScenarioRun.Execute(scenario, seed: 1, learn: false);

        // Half a refresh of the counter, 30 W · 0.5 ms, at each end; and 1 % of what the machine's clock of 10 ms gives to others.
        Assert.Equal(10, result.Models[0].BilledJoules, 0.15);
        Assert.Equal(2, result.Models[1].BilledJoules, 0.08);
    }

    [Fact]
    public void Joules_OfARequestThatWaits_AreOfItsWorkAlone()
    {
        Scenario scenario = Scenarios.Parse("""
            "durationSeconds": 5, "counter": { "noiseWatts": 0 },
            "models": [ { "name": "a", "watts": 10, "durationMs": 2000, "distribution": "fixed", "waiting": 0.7 } ],
            "arrivals": [ { "model": "a", "atSeconds": [ 1, 1.5 ] } ]
            """);

        Assert.Equal(12, ScenarioRun.Execute(scenario, seed: 1, learn: false).Models[0].TrueJoules, 1e-6);
    }

    [Fact]
    public void Joules_OfAModelThatChanges_FollowItsWatts()
    {
        Scenario scenario = Scenarios.Parse("""
            "durationSeconds": 5, "models": [
              { "name": "a", "watts": 10, "durationMs": 2000, "distribution": "fixed", "changes": [ { "atSeconds": 2, "watts": 30 } ] } ],
            "arrivals": [ { "model": "a", "atSeconds": [ 1 ] } ]
            """);

        Assert.Equal(40, ScenarioRun.Execute(scenario, seed: 1, learn: false).Models[0].TrueJoules, 1e-6);
    }
}
