using GreenAI.Metering.Tests.Carbon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Budgets;

/// <summary>How a meter comes by its policy, keeps it, and tells of it.</summary>
public sealed class MeterPolicyTests : IDisposable
{
    private const string Valid = """
        { "version": "1",
          "budgets": [ { "id": "b", "kind": "energy", "limit": { "value": 10, "unit": "J" },
            "window": { "type": "calendar", "unit": "month" },
            "ladder": [ { "at": 1, "do": "deny" } ] } ] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("greenai-policy-").FullName;

    private string File => Path.Combine(_folder, "policy.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void File_ChangedToABadOne_KeepsTheOldAndTellsTheLine()
    {
        System.IO.File.WriteAllText(File, Valid);
        using AdmissionRig rig = Rig();
        Assert.Equal("1", rig.Meter.Budgets.Policy!.Version);
        System.IO.File.WriteAllText(File, Valid.Replace("\"value\": 10", "\"value\": 0", StringComparison.Ordinal));
        for (int i = 0; i < 4; i++) rig.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("1", rig.Meter.Budgets.Policy!.Version);
        Assert.Contains("$.budgets[0].limit.value, line 2", rig.Meter.Budgets.PolicyProblem, StringComparison.Ordinal);
        Assert.Contains(rig.Logs.Lines, line => line.StartsWith("Error: A policy was refused", StringComparison.Ordinal));
        System.IO.File.WriteAllText(File, Valid.Replace("\"version\": \"1\"", "\"version\": \"2\"", StringComparison.Ordinal));
        for (int i = 0; i < 4; i++) rig.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("2", rig.Meter.Budgets.Policy!.Version);
        Assert.Null(rig.Meter.Budgets.PolicyProblem);
    }

    [Fact]
    public async Task File_BadAndThenAsBefore_IsDegradedOnlyMeanwhile()
    {
        System.IO.File.WriteAllText(File, Valid);
        using AdmissionRig rig = Rig();
        GreenAIHealthCheck check = new(rig.Meter.Budgets, new BudgetHealthOptions { MinCoverage = 0 });
        await LookAsync("{", HealthStatus.Degraded, "The last policy was refused, and 1 stays in force. ");
        await LookAsync(Valid, HealthStatus.Healthy, "Budgets are kept");

        async Task LookAsync(string content, HealthStatus status, string text)
        {
            await System.IO.File.WriteAllTextAsync(File, content, TestContext.Current.CancellationToken);
            for (int i = 0; i < 4; i++) rig.Time.Advance(TimeSpan.FromSeconds(5));
            HealthCheckResult result = await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
            Assert.Equal(status, result.Status);
            Assert.StartsWith(text, result.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task First_IsForLater_WarnsAndIsDegradedUntilItsDay()
    {
        BudgetPolicy policy = new() { Version = "1", EffectiveFrom = AdmissionRig.Start + TimeSpan.FromMinutes(1), Budgets = [Policies.Joules(10)] };
        using AdmissionRig rig = new(policy);
        GreenAIHealthCheck check = new(rig.Meter.Budgets, new BudgetHealthOptions { MinCoverage = 0 });
        rig.Spend(30);
        Assert.Equal(Verdict.Allow, rig.Meter.TryAdmit(rig.Model).Verdict);
        Assert.Contains(rig.Logs.Lines, line => line.StartsWith("Warning: No policy is in force, and nothing is refused, until policy 1 comes into force", StringComparison.Ordinal));
        Assert.Equal(HealthStatus.Degraded, (await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status);
        rig.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Report_AWaiverThatIsUsedUp_SaysSo()
    {
        BudgetPolicy policy = new()
        {
            Version = "1",
            Budgets = [Policies.Joules(10)],
            Waivers = [new Waiver { Id = "W-1", Rule = "b", Reason = "r", ApprovedBy = "board", Expires = AdmissionRig.Start + TimeSpan.FromDays(90), CapMicrounits = 5_000_000 }],
        };
        using AdmissionRig rig = new(policy);
        rig.Tick();
        rig.Spend(10);
        rig.Flush();
        rig.Spend(12, new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(4) });
        rig.Flush();
        BoardWaiver waiver = Assert.Single((await rig.Meter.Budgets.ReportAsync(TestContext.Current.CancellationToken)).Waivers);
        Assert.Equal(WaiverState.UsedUp, waiver.State);
        Assert.Equal(12e6, waiver.Used!.Value, 1e3);
    }

    [Fact]
    public async Task Report_BaselineWithTooFewInferences_IsNotMissed()
    {
        KpiRule rule = new() { Id = "r", Kpi = Kpi.EnergyPerInference, Model = "large", Baseline = new() { Mean = 1, MinSamples = 200 } };
        using AdmissionRig rig = new(new BudgetPolicy { Version = "1", Kpis = [rule] });
        rig.Tick();
        for (int i = 0; i < 3; i++) rig.Spend(30);
        rig.Flush();
        BoardKpi[] kpis = [.. (await rig.Meter.Budgets.ReportAsync(TestContext.Current.CancellationToken)).Kpis.Where(kpi => kpi.Rule == "r")];
        Assert.NotEmpty(kpis);
        Assert.All(kpis, kpi => Assert.Equal(TargetVerdict.Undefined, kpi.Verdict));
    }

    [Fact]
    public async Task None_IsStated_IsHealthy()
    {
        using AdmissionRig rig = new(null);
        HealthCheckResult result = await new GreenAIHealthCheck(rig.Meter.Budgets, new BudgetHealthOptions { MinCoverage = 0 }).CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Healthy, "No policy is stated."), (result.Status, result.Description));
    }

    [Fact]
    public void File_DoesNotFitTheMeter_EndsTheStartWithTheLine()
    {
        System.IO.File.WriteAllText(File, Valid
            .Replace("\"energy\"", "\"emissions\", \"basis\": \"market\"", StringComparison.Ordinal).Replace("\"J\"", "\"gCO2e\"", StringComparison.Ordinal));
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => Rig());
        Assert.Equal(("$.budgets[0].basis", 2), (refused.Path, refused.Line));
        Assert.Contains("Carbon:Method", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_KpiOfAWindowThatTheMeterHasNot_IsRefused()
    {
        BudgetPolicy policy = new() { Version = "1", Kpis = [new KpiRule { Id = "k", Kpi = Kpi.EnergyPerInference, Max = 1, Window = TimeSpan.FromMinutes(7) }] };
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => new AdmissionRig(policy));
        Assert.Equal("$.kpis[0].window", refused.Path);
        using AdmissionRig rig = new(null);
        Assert.Throws<PolicyFormatException>(() => rig.Meter.Budgets.Apply(policy));
    }

    [Fact]
    public void Kpi_TargetIsMissedAndDelays_TellsEachRequestToWaitAsLong()
    {
        BudgetAction delay = new() { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromSeconds(30) };
        using AdmissionRig rig = new(new BudgetPolicy { Version = "1", Kpis = [new KpiRule { Id = "k", Kpi = Kpi.EnergyPerInference, Model = "large", Max = 1, Window = TimeSpan.FromMinutes(5), Action = delay }] });
        rig.Spend(3);
        rig.Meter.Budgets.Beat();
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal((Verdict.Delay, delay.RetryAfter), (rig.Meter.TryAdmit(rig.Model).Verdict, rig.Meter.TryAdmit(rig.Model).RetryAfter));
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Tick();
        }
    }

    [Fact]
    public void Kpi_TargetIsMissed_WarnsTheModelOnly()
    {
        BudgetPolicy policy = new()
        {
            Version = "1",
            Kpis = [new KpiRule { Id = "k", Kpi = Kpi.EnergyPerInference, Model = "large", Max = 1, Window = TimeSpan.FromMinutes(5), Action = new BudgetAction { Verdict = Verdict.Warn } }],
        };
        using AdmissionRig rig = new(policy);
        rig.Spend(3);
        rig.Meter.Budgets.Beat();
        Admission admission = rig.Meter.TryAdmit(rig.Model);
        Assert.Equal((Verdict.Warn, "k"), (admission.Verdict, admission.Rule));
        Assert.Equal(Verdict.Allow, rig.Meter.TryAdmit(rig.Meter.Model("small")).Verdict);
        for (int minute = 0; minute < 10; minute++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            rig.Tick();
        }

        rig.Meter.Budgets.Beat();
        Assert.Equal(Verdict.Allow, rig.Meter.TryAdmit(rig.Model).Verdict);
    }

    [Fact]
    public async Task Host_WithAPolicyFile_EnforcesTellsAndReports()
    {
        System.IO.File.WriteAllText(File, Valid);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        var time = new FakeTimeProvider(AdmissionRig.Start);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddGreenAIMetering(options =>
        {
            options.Sources = [];
            options.Budgets.AuditFolder = Path.Combine(_folder, "audit");
            options.Budgets.Service = "answers";
        }).AddPolicyFile(File).AddBudgetObserver<CollectingBudgetObserver>();
        builder.Services.AddHealthChecks().AddCheck<GreenAIHealthCheck>("greenai");
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        EnergyMeter meter = host.Services.GetRequiredService<EnergyMeter>();
        Assert.Equal("b", Assert.Single(meter.Budgets.Status()).Budget);
        Assert.Equal("answers", (await meter.Budgets.ReportAsync(TestContext.Current.CancellationToken)).Service);
        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        // Nothing is metered here, which the health check says.
        Assert.Equal(HealthStatus.Degraded, health.Status);
        await host.StopAsync(TestContext.Current.CancellationToken);
        AuditVerification audit = await AuditLog.VerifyAsync(Path.Combine(_folder, "audit"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(audit.IsIntact);
        CollectingBudgetObserver observer = Assert.IsType<CollectingBudgetObserver>(Assert.Single(host.Services.GetServices<IBudgetObserver>()));
        Assert.Equal(BudgetEventKind.PolicyChanged, Assert.Single(observer.All).Kind);
    }

    [Fact]
    public void Host_WithAPolicyInItsConfiguration_NamesTheKeyOfAnError()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GreenAI:Policy:version"] = "1",
            ["GreenAI:Policy:budgets:0:id"] = "b",
            ["GreenAI:Policy:budgets:0:kind"] = "energy",
            ["GreenAI:Policy:budgets:0:limit:value"] = "ten",
            ["GreenAI:Policy:budgets:0:limit:unit"] = "J",
            ["GreenAI:Policy:budgets:0:window:type"] = "lifetime",
        }).Build();
        using ServiceProvider services = new ServiceCollection().AddGreenAIMetering(configuration.GetSection("GreenAI")).AddPolicy(configuration.GetSection("GreenAI:Policy")).Services.BuildServiceProvider();
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => services.GetRequiredService<EnergyMeter>());
        Assert.Equal("GreenAI:Policy:budgets:0:limit:value", refused.Path);
        configuration["GreenAI:Policy:budgets:0:limit:value"] = "10";
        using ServiceProvider mended = new ServiceCollection().AddGreenAIMetering(configuration.GetSection("GreenAI")).AddPolicy(configuration.GetSection("GreenAI:Policy")).Services.BuildServiceProvider();
        using EnergyMeter meter = mended.GetRequiredService<EnergyMeter>();
        Assert.Equal(10, Assert.Single(meter.Budgets.Status()).Limit / 1e6);
    }

    [Fact]
    public void Policy_StatedTwice_IsRefused()
    {
        GreenAIMeteringOptions options = new() { Budgets = { PolicyFile = File } };
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new AdmissionRig(Policies.Of(Policies.Joules(1)), options: options));
        Assert.Contains("state one of them", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BudgetOptions_Misspelt_IsRefused()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["GreenAI:Budgets:PolicyFiel"] = "x" }).Build();
        using ServiceProvider services = new ServiceCollection().AddGreenAIMetering(configuration.GetSection("GreenAI")).Services.BuildServiceProvider();
        Exception refused = Assert.ThrowsAny<Exception>(() => services.GetRequiredService<EnergyMeter>());
        Assert.Contains("GreenAI:Budgets:PolicyFiel is not known", refused.Message, StringComparison.Ordinal);
    }

    private AdmissionRig Rig()
    {
        GreenAIMeteringOptions options = CarbonRigs.Constant();
        options.Budgets.PolicyFile = File;
        return new AdmissionRig(null, options: options);
    }
}
