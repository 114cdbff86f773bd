using System.Text.Json.Nodes;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class ReportFilesTests : IDisposable
{
    private const double GramsPerKilowattHour = 360;
    private const double Pue = 1.2;

    private readonly string _folder = Directory.CreateTempSubdirectory("quickstart-").FullName;

    private SampleOptions Options => new(TimeSpan.FromSeconds(1), TimeSpan.Zero, "", Path.Combine(_folder, "report.json"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task WrittenReport_CpiAndGrams_AreRecomputedFromItsFields()
    {
        await ReportFiles.WriteAsync(await RunAsync(TimeSpan.FromMinutes(2)), Options);

        JsonNode report = JsonNode.Parse(await File.ReadAllTextAsync(Options.ReportPath, Token))!;
        CpiCheck check = (await ReportFiles.CheckAsync(Options.ReportPath))!;
        Assert.True(check.Agrees);
        Assert.Equal((1200, 7), (check.Inferences, check.Buckets));
        Assert.Contains("they agree", string.Join('\n', check.Lines()), StringComparison.Ordinal);

        // 50 W for 120 s at PUE 1.2 and 360 g/kWh are 0.72 g; 1,000 kg over 4 years fall due with 3.4247 g an hour a tenth of them.
        long microjoules = report["energy"]!["total"]!["microjoules"]!.GetValue<long>();
        Assert.Equal(120 * 50_000_000L, microjoules);
        Assert.Equal(microjoules / 1e6 * Pue * GramsPerKilowattHour / 3.6e6, check.OperationalMicrograms / 1e6, 5e-6);
        Assert.Equal(1e6 / (4 * 365 * 24) / 30, check.EmbodiedMicrograms / 1e6, 5e-6);
        Assert.StartsWith("# ", await File.ReadAllTextAsync(Options.MarkdownPath, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrittenReport_GramsOfTheFileChanged_DoNotAgree()
    {
        await ReportFiles.WriteAsync(await RunAsync(TimeSpan.FromMinutes(2)), Options);
        JsonNode report = JsonNode.Parse(await File.ReadAllTextAsync(Options.ReportPath, Token))!;
        JsonNode idle = report["carbon"]!["operational"]!["idle"]!;
        idle["micrograms"] = idle["micrograms"]!.GetValue<long>() + 100;
        await File.WriteAllTextAsync(Options.ReportPath, report.ToJsonString(), Token);

        CpiCheck check = (await ReportFiles.CheckAsync(Options.ReportPath))!;

        Assert.False(check.Agrees);
        Assert.Contains("THEY DIFFER", string.Join('\n', check.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrittenReport_RunLongerThanFiveMinutes_IsCheckedInALongerWindow()
    {
        await ReportFiles.WriteAsync(await RunAsync(TimeSpan.FromMinutes(12)), Options);

        Assert.True((await ReportFiles.CheckAsync(Options.ReportPath))!.Agrees);
    }

    [Fact]
    public async Task WrittenReport_NoCarbonStated_HasNothingToCheck()
    {
        await ReportFiles.WriteAsync(await RunAsync(TimeSpan.FromSeconds(2), carbon: false), Options);

        Assert.Null(await ReportFiles.CheckAsync(Options.ReportPath));
    }

    private static async Task<EfficiencyReport> RunAsync(TimeSpan duration, bool carbon = true)
    {
        GreenAIMeteringOptions options = new() { Sources = [] };
        if (carbon)
        {
            options.Carbon.GramsPerKilowattHour = GramsPerKilowattHour;
            options.Carbon.Source = "a test";
            options.Carbon.Pue = Pue;
            options.Carbon.Embodied["server"] = new EmbodiedOptions { Hardware = "generic-server" };
        }

        SteadySource source = new();
        await using EnergyMeter meter = new(options, new MeterEnvironment { TimeProvider = source, AdditionalSources = [source] });
        ModelHandle[] models = [meter.Model("digits-linear"), meter.Model("digits-mlp")];
        for (TimeSpan step = TimeSpan.FromMilliseconds(100); duration > TimeSpan.Zero; duration -= step)
        {
            InferenceScope scope = meter.Begin(models[(int)(duration / step) % 2]);
            source.Advance(step / 2);
            scope.Complete();
            source.Advance(step / 2);
            await meter.SettleAsync(Token);
        }

        return await meter.ReportAsync("a test", Token);
    }
}
