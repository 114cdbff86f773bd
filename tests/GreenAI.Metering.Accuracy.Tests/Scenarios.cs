using System.Text;

namespace GreenAI.Metering.Accuracy.Tests;

/// <summary>Scenarios as a file would state them.</summary>
internal static class Scenarios
{
    /// <summary>A quiet host of 30 W; the rest is the test's.</summary>
    public static Scenario Parse(string rest, string kind = "weak") => ScenarioFile.Parse("test.json", Encoding.UTF8.GetBytes($$"""
        { "name": "test", "class": "{{kind}}", {{rest}} }
        """));

    /// <summary>A, 10 W for 1 s from 0.5 s on; B, 4 W for 0.5 s from 1.0 s on, both if alone.</summary>
    public static Scenario TwoRequests(string host) => Parse($$"""
        "leadInSeconds": 2, "durationSeconds": 4, "counter": { "noiseWatts": 0 }, "host": {{host}},
        "models": [
          { "name": "a", "watts": 10, "durationMs": 1000, "distribution": "fixed" },
          { "name": "b", "watts": 4, "durationMs": 500, "distribution": "fixed" } ],
        "arrivals": [ { "model": "a", "atSeconds": [ 0.5 ] }, { "model": "b", "atSeconds": [ 1.0 ] } ]
        """);

    public static Scenario Busy { get; } = Parse("""
        "durationSeconds": 10, "counter": { "noiseWatts": 0.5 }, "idle": { "watts": 30, "walkWattsPerRootMinute": 1 },
        "foreign": { "threads": 1, "wattsPerCore": 10, "onSeconds": 1, "offSeconds": 1 }, "pauses": { "everySeconds": 3, "seconds": 0.5 },
        "models": [
          { "name": "a", "watts": 10, "durationMs": 100, "distribution": "lognormal" },
          { "name": "b", "watts": 4, "durationMs": 50, "waiting": 0.5, "marksWaiting": true } ],
        "arrivals": [ { "model": "a", "rate": 8, "sine": { "periodSeconds": 5, "amplitude": 0.5 } }, { "model": "b", "workers": 2, "thinkMs": 100 } ]
        """);
}
