using System.Text;

namespace GreenAI.Metering.Accuracy.Tests;

public sealed class ScenarioFileTests
{
    private const string Model = """{ "name": "a", "watts": 1, "durationMs": 10 }""";
    private const string Arrival = """{ "model": "a", "rate": 1 }""";
    private const string Bars = """ "bars": { "misallocatedPercent": 5, "largeModelErrorPercent": 5, "smallModelErrorPercent": 20 } """;

    [Theory]
    [InlineData("""{ "name": "x" """, "bad.json: no JSON: ")]
    [InlineData("[]", "bad.json: allowed: one object.")]
    [InlineData("{}", "bad.json: models is missing; allowed: a list of objects, or generated.")]
    [InlineData($$"""{ "models": [ {{Model}}, {{Model}} ], "arrivals": [ {{Arrival}} ] }""", "bad.json: models has a name twice.")]
    [InlineData($$"""{ "models": [ {{Model}} ] }""", "bad.json: arrivals is missing; allowed: a list of objects.")]
    [InlineData($$"""{ "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ] }""", "bad.json: name is missing; allowed: a text.")]
    [InlineData(
        $$"""{ "name": "x", "class": "good", "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ] }""",
        "bad.json: class is \"good\"; allowed: identifiable-linear, turbo-wakeup, saturated, unidentifiable, weak.")]
    [InlineData(
        """{ "models": [ { "name": "a", "watts": "much", "durationMs": 10 } ] }""",
        "bad.json: models[0].watts is \"much\"; allowed: a number from 0.001 to 10000.")]
    [InlineData(
        """{ "models": [ { "name": "a", "watts": 1, "durationMs": 10, "distribution": "gamma" } ] }""",
        "bad.json: models[0].distribution is \"gamma\"; allowed: fixed, exponential, lognormal.")]
    [InlineData(
        """{ "models": [ { "name": "a", "watt": 1, "watts": 1, "durationMs": 10 } ] }""",
        "bad.json: models[0].watt is unknown; allowed: name, watts, durationMs, distribution, waiting, marksWaiting, changes.")]
    [InlineData(
        $$"""{ "models": [ {{Model}} ], "arrivals": [ { "model": "b", "rate": 1 } ] }""", "bad.json: arrivals[0].model is \"b\"; allowed: a.")]
    [InlineData(
        $$"""{ "models": [ {{Model}} ], "arrivals": [ { "model": "a", "rate": 1, "workers": 2 } ] }""",
        "bad.json: arrivals[0].rate must stand alone; allowed: exactly one of rate, workers, atSeconds.")]
    [InlineData(
        $$"""{ "models": [ {{Model}} ], "arrivals": [ { "model": "a", "workers": 1.5 } ] }""",
        "bad.json: arrivals[0].workers is 1.5; allowed: a whole number from 0 to 1000.")]
    [InlineData(
        $$"""{ "name": "x", "class": "weak", "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ], "host": { "cores": 0 } }""",
        "bad.json: host.cores is 0; allowed: a number from 1 to 1024.")]
    [InlineData(
        $$"""{ "name": "x", "class": "weak", "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ], "bars": { "relearnSeconds": 60 } }""",
        "bad.json: bars.relearnSeconds needs a model with changes.")]
    [InlineData(
        $$"""{ "name": "x", "class": "turbo-wakeup", "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ], "bars": { "misallocatedPercent": 7 } }""",
        "bad.json: bars.misallocatedPercent is 7; allowed: a number from 0 to 5.")]
    [InlineData(
        $$"""{ "name": "x", "class": "identifiable-linear", "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ], "bars": { "misallocatedPercent": 5 } }""",
        "bad.json: bars.largeModelErrorPercent is missing; allowed: a number from 0 to 5.")]
    [InlineData(
        $$"""{ "name": "x", "class": "weak", "class": "weak", "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ] }""", "bad.json: no JSON: ")]
    public void Parse_BadFile_NamesFileKeyAndWhatIsAllowed(string json, string message)
    {
        var exception = Assert.Throws<ScenarioFileException>(() => ScenarioFile.Parse("bad.json", Encoding.UTF8.GetBytes(json)));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LinearBeyondTheStatedNoise_NeedsNoBarsPerModel()
    {
        string rest = $$""" "counter": { "noiseWatts": 3 }, "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ], """;

        Scenario scenario = Scenarios.Parse(rest + """ "bars": { "misallocatedPercent": 4 } """, "identifiable-linear");

        Assert.Equal(new ScenarioBars(4, null, null, null, null), scenario.Bars);
    }

    [Fact]
    public void Parse_LinearWithinTheStatedNoise_TakesAllBars()
    {
        string rest = $$""" "models": [ {{Model}} ], "arrivals": [ {{Arrival}} ], {{Bars}} """;

        Assert.Equal(new ScenarioBars(5, 5, 20, null, null), Scenarios.Parse(rest, "identifiable-linear").Bars);
    }

    [Fact]
    public void LoadAll_EveryShippedFile_IsGood_AndEveryClassIsThere()
    {
        IReadOnlyList<Scenario> scenarios = ScenarioFile.LoadAll(AccuracyCommand.Folder);

        Assert.Equal(Enum.GetValues<ScenarioClass>(), scenarios.Select(static scenario => scenario.Class).Distinct().Order());
    }
}
