using System.Globalization;
using GreenAI.Metering.AspNetCore.Tests.Support;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

/// <summary>The answer as KEDA's <c>metrics-api</c> scaler reads it: by GJSON, a number and nothing else.</summary>
public sealed class GjsonTests
{
    private const string Reader = """
        package main

        import (
            "fmt"
            "io"
            "os"

            "github.com/tidwall/gjson"
        )

        func main() {
            body, err := io.ReadAll(os.Stdin)
            if err != nil || !gjson.ValidBytes(body) {
                fmt.Println("not JSON")
                os.Exit(2)
            }
            value := gjson.GetBytes(body, os.Args[1])
            if value.Type != gjson.Number {
                fmt.Printf("no number: %v\n", value.Type)
                os.Exit(1)
            }
            fmt.Printf("%g\n", value.Num)
        }
        """;

    [Fact]
    public async Task Signals_AreReadByRealGjson_AndWhatIsMissingIsAnError()
    {
        using GoProgram gjson = await GoProgram.CompileAsync(Reader);
        using var rig = new ScalingRig();
        rig.Board.Utilization = 0.41f;
        rig.Infer("resnet50");
        (_, string body) = await rig.GetAsync("resnet50");
        Assert.Equal(0.41, await ReadAsync("signals.hardwareUtilization"), 3);
        Assert.Equal(400, await ReadAsync("signals.carbonIntensity"), 9);
        Assert.Equal(20, await ReadAsync("signals.energyPerInferenceJoules"), 1);
        Assert.Equal(20, await ReadAsync("signals.wattsPerQps"), 1);
        Assert.Equal(1, await ReadAsync("quality.coverage"), 9);
        Assert.Equal(0, await ReadAsync("quality.ageSeconds"), 9);
        foreach (string missing in new[] { "signals.budgetPace", "signals.budgetRemainingRatio", "signals.carbonHeadroomRatio", "signals.suggestedMaxReplicas" })
            Assert.Equal((1, "no number: Null"), await gjson.RunAsync(body, missing));

        async Task<double> ReadAsync(string path)
        {
            (int code, string output) = await gjson.RunAsync(body, path);
            Assert.True(code == 0, $"{path}: {output}");
            return double.Parse(output, CultureInfo.InvariantCulture);
        }
    }
}
