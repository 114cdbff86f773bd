using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Readme.Snippets;

namespace GreenAI.Metering.Tests;

/// <summary>Each snippet of the README is a region of a source file that compiles, and that runs here.</summary>
public sealed partial class ReadmeSnippetTests
{
    public static TheoryData<string> Names => [.. Blocks("csharp").Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Snippet_IsARegionThatCompiles_WordForWord(string name) => Assert.Equal(Region(name), Blocks("csharp")[name]);

    [Fact]
    public void Snippets_EachRegionIsInTheReadme_AndEachCodeBlockHasAName()
    {
        IEnumerable<string> regions = EmbeddedText.SnippetSources.SelectMany(source => RegionStart().Matches(source)).Select(match => match.Groups[1].Value);
        Assert.Equal(regions.Order(), Blocks("csharp").Keys.Order());
        Assert.Equal(Fence().Count(EmbeddedText.Readme), Blocks("csharp").Count + Blocks("json").Count);
    }

    [Theory]
    [InlineData("dotnet run -c Release --project samples/QuickStart")]
    [InlineData("dotnet run -c Release --project samples/InferenceService -- --demo")]
    [InlineData("dotnet test -c Release")]
    public void Commands_StandAloneOnTheirLine(string command) =>
        Assert.Contains($"\n```sh\n{command}\n```\n", EmbeddedText.Readme, StringComparison.Ordinal);

    [Fact]
    public void JsonSnippet_BindsToTheOptions_KeyByKey()
    {
        using MemoryStream json = new(Encoding.UTF8.GetBytes(Blocks("json")["appsettings"]));
        IConfigurationSection section = new ConfigurationBuilder().AddJsonStream(json).Build().GetSection("GreenAI");
        using ServiceProvider services = new ServiceCollection().AddGreenAIMetering(section).Services.BuildServiceProvider();
        GreenAIMeteringOptions options = services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value;

        Assert.Equal(TimeSpan.FromMilliseconds(100), options.SamplingInterval);
        Assert.Equal(EnergyScope.Container, options.Scope);
        Assert.Equal("/host/sys", options.SysfsRoot);
        Assert.Equal(["rapl", "nvml"], options.Sources);
        Assert.Equal(["digits-mlp"], options.Models.Keys);
        Assert.Equal((3.0, "cpu"), (options.Models["digits-mlp"].RelativeWeight, Assert.Single(options.Models["digits-mlp"].Devices!)));
        Assert.All(section.GetChildren(), child => Assert.NotNull(typeof(GreenAIMeteringOptions).GetProperty(child.Key)));
    }

    [Fact]
    public async Task CarbonJsonSnippet_PricesEnergyAndKnowsTheHardware()
    {
        using MemoryStream json = new(Encoding.UTF8.GetBytes(Blocks("json")["carbonsettings"]));
        IConfigurationSection section = new ConfigurationBuilder().AddJsonStream(json).Build().GetSection("GreenAI");
        using ServiceProvider services = new ServiceCollection().AddGreenAIMetering(section).Services.BuildServiceProvider();
        GreenAIMeteringOptions options = services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value;
        options.Sources = [];
        using FakePowerSource source = new(TimeProvider.System, FakePowerSource.Cpu(), new PowerDevice
        {
            Id = "fake:gpu",
            Name = "Fake board",
            Domain = EnergyDomain.Gpu,
            Tier = MeasurementTier.Measured,
        });
        await using EnergyMeter meter = new(options, new MeterEnvironment { AdditionalSources = [source] });
        source.Burn(100, TimeSpan.FromSeconds(1));

        CarbonTotals carbon = await CarbonSnippets.GramsAsync(meter, meter.Begin("digits-mlp"), TestContext.Current.CancellationToken);

        Assert.Equal((1.2, null), (carbon.Pue, carbon.EmbodiedReason));
        Assert.Equal([("gpus", 328.0, 4.0), ("host", 1000.0, 4.0)], carbon.EmbodiedItems.OrderBy(item => item.Name)
            .Select(item => (item.Name, item.Total.KilogramsCO2e, item.Lifespan!.Value.TotalDays / 365)));
        Assert.Equal(new KpiTarget(KpiComparison.LessThan, 0.5), options.Kpis.Of(Kpi.CarbonPerInference));
        Assert.Equal("DE", carbon.CurrentFactor?.Zone);
    }

    [Fact]
    public async Task KpiAndReportSnippets_Run()
    {
        await using EnergyMeter meter = new(new GreenAIMeteringOptions { Sources = [] });
        DateTimeOffset now = DateTimeOffset.UtcNow;
        await CarbonSnippets.KpisAsync(meter, 0.97, now - TimeSpan.FromDays(1), now);
        await meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(KpiGap.None, meter.Kpis.Read().Single(kpi => kpi.Value.Kpi == Kpi.DataEfficiencyScore).Value.Gap);

        EfficiencyDiff diff = await CarbonSnippets.ReportAsync(meter, TestContext.Current.CancellationToken);
        Assert.Equal("digits-service", diff.Service);
        Assert.DoesNotContain(diff.Kpis, kpi => kpi.Outcome is ChangeOutcome.Better or ChangeOutcome.Worse);
    }

    [Fact]
    public async Task ServiceSnippets_MeterAnInference()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        ServiceSnippets.Register(builder);
        builder.Services.Configure<GreenAIMeteringOptions>(options => options.Sources = []);
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        EnergyMeter meter = host.Services.GetRequiredService<EnergyMeter>();
        Assert.Equal(7, new Classifier(meter, _ => 7).Classify([]));
        Assert.Throws<InvalidOperationException>(() => new Classifier(meter, _ => throw new InvalidOperationException()).Classify([]));
        ModelTotals totals = (await meter.SettleAsync(TestContext.Current.CancellationToken)).Model("digits-mlp")!;
        Assert.Equal((1, 1), (totals.Succeeded, totals.Abandoned));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task HandSnippets_Run()
    {
        InferenceFootprint footprint = await HandSnippets.ByHandAsync();
        Assert.Equal((FootprintStage.Provisional, 32), (footprint.Stage, footprint.Units));

        using RackMeter source = new(TimeProvider.System);
        await using EnergyMeter meter = new(new GreenAIMeteringOptions { Sources = [] }, new MeterEnvironment
        {
            AdditionalSources = [source],
            Observers = [new BillPrinter()],
        });
        meter.Begin("ranker").Complete();
        EnergyReading reading = await HandSnippets.RegionAsync(meter);
        Assert.Equal((Energy.Zero, MeasurementTier.Measured), (reading.Total, reading.Tier));
        EnergyTotals totals = await HandSnippets.BooksAsync(meter, TestContext.Current.CancellationToken);
        Assert.Equal((Energy.Zero, 1L), (totals.Unaccounted, totals.Models[0].Inferences));
    }

    [Fact]
    public void PolicyJsonSnippet_IsAPolicyThatIsInForce_WithEveryPartItExplains()
    {
        BudgetPolicy policy = BudgetPolicy.FromJson(Blocks("json")["policy"]);
        using EnergyMeter meter = new(new GreenAIMeteringOptions { Sources = [] }, new MeterEnvironment { Policy = policy });

        Assert.Equal(policy.Hash, meter.Budgets.Policy?.Hash);
        Assert.Equal((1, 1, 1, 1), (policy.Budgets.Count, policy.Kpis.Count, policy.Waivers.Count, policy.Charters.Count));
        Assert.Equal((40e9, "Europe/Berlin"), (policy.Budgets[0].LimitMicrounits, policy.Budgets[0].Window.TimeZone));
        Assert.Equal([Verdict.Warn, Verdict.Degrade, Verdict.Deny, Verdict.Allow], policy.Budgets[0].Ladder.Select(step => step.Action.Verdict));
        Assert.Equal("ranker-small", policy.Budgets[0].Ladder[1].Action.Model);
        Assert.Empty(CharterCheck.Check(policy, new DateOnly(2026, 6, 1)));
    }

    [Fact]
    public void PolicyJsonSnippet_WithTwoMistakes_IsRefusedInTheWordsOfTheReadme()
    {
        string policy = Blocks("json")["policy"]
            .Replace("\"limit\": { \"value\": 40, \"unit\": \"kgCO2e\"", "\"limit\": { \"value\": 40, \"unit\": \"kg\"", StringComparison.Ordinal)
            .Replace("timeZone", "timezone", StringComparison.Ordinal);
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => BudgetPolicy.FromJson(policy));
        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains(string.Join("\nand at ", refused.Problems), EmbeddedText.Readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BudgetSnippets_AdmitVerifyAndReport()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "greenai-policy.json");
        await File.WriteAllTextAsync(file, Blocks("json")["policy"], TestContext.Current.CancellationToken);
        List<string> posted = [];
        using MemoryStream settings = new(Encoding.UTF8.GetBytes(Blocks("json")["budgetsettings"]));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddJsonStream(settings);
        BudgetSnippets.Register(builder);
        builder.Services.AddSingleton<Action<string>>(posted.Add);
        builder.Services.Configure<GreenAIMeteringOptions>(options =>
        {
            Assert.Equal(("greenai-policy.json", "answers", "/var/lib/answers/audit"), (options.Budgets.PolicyFile, options.Budgets.Service, options.Budgets.AuditFolder));
            options.Sources = [];
            options.Budgets.PolicyFile = file;
            options.Budgets.AuditFolder = Path.Combine(folder.Path, "audit");
        });
        using (IHost host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            EnergyMeter meter = host.Services.GetRequiredService<EnergyMeter>();
            Assert.Equal([1f], new Ranker(meter, (model, rows) => model == "ranker" ? rows : []).Rank([1f]));
            string why = await BudgetSnippets.AskAsync(meter, TestContext.Current.CancellationToken);
            Assert.Contains("model ranker, tenant acme", why, StringComparison.Ordinal);
            BoardReport report = await BudgetSnippets.BoardAsync(meter, TestContext.Current.CancellationToken);
            Assert.Equal("answers", report.Service);
            using MemoryStream export = new();
            AuditVerification verification = await BudgetSnippets.AuditAsync(meter, export, TestContext.Current.CancellationToken);
            Assert.True(verification.IsIntact);
            Assert.Equal(verification.Records, Encoding.UTF8.GetString(export.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains(posted, text => text.Contains("io.greenai.budget.policyChanged.v1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ranker_Denied_SaysWhyAndWhen()
    {
        BudgetPolicy policy = BudgetPolicy.FromJson("""
            { "version": "1", "budgets": [{ "id": "b", "kind": "energy", "limit": { "value": 1, "unit": "uJ" }, "window": { "type": "calendar", "unit": "day" },
              "refuseUnmetered": true, "ladder": [{ "at": 1, "do": "deny" }] }] }
            """);
        await using EnergyMeter meter = new(new GreenAIMeteringOptions { Sources = [] }, new MeterEnvironment { Policy = policy });
        await meter.SettleAsync(TestContext.Current.CancellationToken);
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new Ranker(meter, (_, rows) => rows).Rank([]));
        Assert.StartsWith("b: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplaySnippet_BillsWhatTheOptionRecorded()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "greenai.trace");
        await using (EnergyMeter meter = new(new GreenAIMeteringOptions { Sources = ["load-model"], TraceFile = path }))
            meter.Begin("ranker").Complete();
        TraceReplayResult replay = HandSnippets.Replay(path);
        Assert.Equal((1L, true), (replay.Footprints, replay.MatchesRecording));
    }

    private static Dictionary<string, string> Blocks(string language) =>
        NamedBlock().Matches(EmbeddedText.Readme).Where(match => match.Groups[2].Value == language)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[3].Value);

    private static string Region(string name)
    {
        string start = $"#region {name}\n";
        string source = EmbeddedText.SnippetSources.Single(source => source.Contains(start, StringComparison.Ordinal));
        int from = source.IndexOf(start, StringComparison.Ordinal);
        int indent = from - (source.LastIndexOf('\n', from) + 1);
        string body = source[(from + start.Length)..source.IndexOf("#endregion", from, StringComparison.Ordinal)].TrimEnd(' ');
        return string.Concat(body.Split('\n').SkipLast(1).Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }

    [GeneratedRegex(@"<!-- snippet: (\w+) -->\n```(\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedBlock();

    [GeneratedRegex("^```(csharp|json)$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"#region (\w+)")]
    private static partial Regex RegionStart();
}
