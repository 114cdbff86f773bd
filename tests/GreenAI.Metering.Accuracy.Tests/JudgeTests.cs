namespace GreenAI.Metering.Accuracy.Tests;

public sealed class JudgeTests
{
    [Fact]
    public void All_OneFigureOverItsBar_IsMissed_AndTheOthersAreHeld()
    {
        BarVerdict[] verdicts = [.. Judge.All([Result(billed: 108, relearn: 30)])];

        Assert.Equal(
            ["error of models > 20 %"], verdicts.Where(static verdict => !verdict.Held).Select(static verdict => verdict.Bar.Split(", ")[1]));
    }

    [Fact]
    public void All_NeverLearnedAgain_IsMissed()
    {
        BarVerdict verdict = Judge.All([Result(billed: 100, relearn: null)]).Single(static verdict => verdict.Bar.Contains("learned again"));

        Assert.False(verdict.Held);
        Assert.Equal("MISSED test, learned again, s of activity: - (bar ≤ 60)", verdict.ToString());
    }

    [Fact]
    public void All_TruthOutsideTheBand_IsNotCovered()
    {
        BarVerdict verdict = Judge.All([Result(billed: 140, relearn: 1)]).Single(static verdict => verdict.Bar.Contains("stated uncertainty"));

        Assert.Equal(50, verdict.Value);
        Assert.False(verdict.Held);
    }

    [Fact]
    public void All_LostMicrojoulesAndRequests_AreMissed()
    {
        ScenarioResult result = Result(billed: 100, relearn: 1);
        RunResult bad = result.Learned[0] with { ConservationMicrojoules = 1, RequestsLost = -1 };

        Assert.Equal(2, Judge.All([result with { Equal = [bad] }]).Count(static verdict => !verdict.Held));
    }

    [Fact]
    public void All_NoModelOfThatSize_ClaimsNothingOfIt()
    {
        ScenarioResult result = Result(billed: 100, relearn: 1);
        RunResult small = result.Learned[0] with { Models = [.. Enumerable.Repeat(result.Learned[0].Models[1], 10)] };

        IReadOnlyList<BarVerdict> verdicts = Judge.All([result with { Learned = [small] }]);

        Assert.DoesNotContain(verdicts, static verdict => verdict.Bar.Contains("models > 20 %"));
        Assert.Contains(verdicts, static verdict => verdict.Bar.Contains("models > 2 %"));
    }

    [Fact]
    public void Percent_IsHalfTheSumOfErrors() => Assert.Equal(20, Misallocation.Percent([70, 30], [50, 50]));

    // Learned watts are wrong until 13 s after the change, in which the model was busy for half the time.
    [Fact]
    public void Seconds_LearnedWattsStayNear_CountsTheModelsActivity()
    {
        Scenario scenario = Changing();
        Checkpoint[] checkpoints = [.. Enumerable.Range(1, 60).Select(static second => new Checkpoint(
            second, [0], [second], [second / 2.0], [new LearnedPower(second < 45 ? 10 : 31, true)]))];

        Assert.Equal(6.5, Relearning.Seconds(scenario, checkpoints));
    }

    [Fact]
    public void Seconds_NoLearnedWatts_CountsUntilWindowsAreRight()
    {
        Scenario scenario = Changing();
        Checkpoint[] checkpoints = [.. Enumerable.Range(1, 60).Select(static second => new Checkpoint(
            second, [Math.Max(0, second - 40)], [second], [second], [null]))];

        // The first window of 5 s that is all right ends at 45 s; the change was at 32 s.
        Assert.Equal(13, Relearning.Seconds(scenario, checkpoints));
    }

    [Fact]
    public void Seconds_NeverRight_IsNull() => Assert.Null(Relearning.Seconds(
        Changing(), [.. Enumerable.Range(1, 60).Select(static second => new Checkpoint(second, [0], [second], [second], [null]))]));

    private static Scenario Changing() => Scenarios.Parse("""
        "models": [ { "name": "a", "watts": 10, "durationMs": 100, "changes": [ { "atSeconds": 30, "watts": 30 } ] } ],
        "arrivals": [ { "model": "a", "rate": 1 } ]
        """);

    private static ScenarioResult Result(double billed, double? relearn)
    {
        Scenario scenario = Changing() with { Bars = new ScenarioBars(5, 5, 20, null, 60) };
        var run = new RunResult
        {
            Models =
            [
                new ModelResult("a", 100, billed, RelativeUncertainty.Symmetric(0.2), new LearnedPower(30, true)),
                new ModelResult("b", 100, 100, RelativeUncertainty.Symmetric(0.2), null),
            ],
            ConservationMicrojoules = 0,
            RequestsLost = 0,
            Requests = 10,
            RelearnSeconds = relearn,
        };
        return new ScenarioResult(scenario, [run], [run]);
    }
}
