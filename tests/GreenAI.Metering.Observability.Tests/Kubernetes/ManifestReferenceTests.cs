using GreenAI.Metering.Observability.Tests.Rules;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests.Kubernetes;

/// <summary>What the manifests name in one another and in the service.</summary>
public sealed class ManifestReferenceTests
{
    private static readonly string[] _signals =
        ["hardwareUtilization", "energyPerInferenceJoules", "wattsPerQps", "budgetPace", "budgetRemainingRatio", "carbonIntensity", "carbonHeadroomRatio"];

    [Fact]
    public void ScaledObjects_ScaleTheDeployment() => Assert.All(
        Manifests.ScaledObjects, static file => Assert.Equal("inference", Yaml.Parse(Pack.Read(file))["spec"]["scaleTargetRef"].Text("name")));

    [Fact]
    public void MetricsApi_AsksTheServiceForASignalThatItGives() => Assert.All(Manifests.Triggers("metrics-api"), static trigger =>
    {
        YamlNode service = Yaml.Documents(Pack.Read("kubernetes/service.yaml")).Single(static one => one.Text("kind") == "Service");
        string port = service["spec"].Items("ports").Single().Text("port");
        Assert.Matches($"^http://{service["metadata"].Text("name")}\\.default\\.svc\\.cluster\\.local:{port}/greenai/autoscaling/[a-z-]+$", trigger.Text("url"));
        Assert.Contains(trigger.Text("valueLocation").Replace("signals.", "", StringComparison.Ordinal), _signals);
        // Each pod is asked by its own address: a query string would be lost.
        Assert.DoesNotContain("?", trigger.Text("url"), StringComparison.Ordinal);
    });

    // Scaling on a ratio alone oscillates.
    [Fact]
    public void ScaledObjects_HaveATriggerOfLoad() =>
        Assert.All(Manifests.ScaledObjects, static file => Assert.Contains(Yaml.Parse(Pack.Read(file))["spec"].Items("triggers"), static trigger => trigger.Text("type") == "prometheus"));

    [Fact]
    public void Hpa_NamesMetricsThatTheAdapterMakes()
    {
        IEnumerable<string> asked = Yaml.Parse(Pack.Read("kubernetes/hpa.yaml"))["spec"].Items("metrics").Select(static metric => metric["external"]["metric"].Text("name"));
        IEnumerable<string> made = Yaml.Parse(Pack.Read("kubernetes/prometheus-adapter-values.yaml"))["rules"].Items("external").Select(static rule => rule["name"].Text("as"));
        Assert.Equal(made, asked);
    }

    // A board that is full is not hidden by a processor that idles beside it, and the endpoint that KEDA asks says the same.
    [Fact]
    public async Task Adapter_Utilization_IsTheMeanOfTheBusiestDevices()
    {
        string query = Manifests.Queries().Single(static query => query.Contains("hardware_utilization", StringComparison.Ordinal));
        string tests = $$"""
            rule_files: [greenai.rules.yml]
            evaluation_interval: 1m
            tests:
            - interval: 1m
              input_series:
              - {series: 'greenai_kpi_hardware_utilization{job="greenai",instance="a",hw_type="gpu",greenai_window="1m"}', values: '0.75x5'}
              - {series: 'greenai_kpi_hardware_utilization{job="greenai",instance="a",hw_type="cpu",greenai_window="1m"}', values: '0.125x5'}
              - {series: 'greenai_kpi_hardware_utilization{job="greenai",instance="b",hw_type="gpu",greenai_window="1m"}', values: '0.25x5'}
              - {series: 'greenai_kpi_hardware_utilization{job="greenai",instance="b",hw_type="cpu",greenai_window="1m"}', values: '0.5x5'}
              promql_expr_test:
              - {expr: '{{query}}', eval_time: 5m, exp_samples: [{labels: "{}", value: 0.625}]}
            """;
        ProgramRun run = await RuleTestFile.RunAsync(Pack.Read(RuleFile.Path), tests);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    // Otherwise KEDA, and who comes through the port of a container, are refused with 403.
    [Fact]
    public void Remote_CallersThatThePackHas_AreAnswered()
    {
        const string key = "GreenAI__AspNetCore__Endpoints__AllowRemote";
        YamlNode deployment = Yaml.Documents(Pack.Read("kubernetes/service.yaml")).Single(static one => one.Text("kind") == "Deployment");
        IEnumerable<YamlNode> set = deployment["spec"]["template"]["spec"].Items("containers").Single().Items("env");
        Assert.Equal("true", set.Single(static one => one.Text("name") == key).Text("value"));
        Assert.Equal("true", Yaml.Parse(Pack.Read("compose.yml"))["services"]["inference"]["environment"].Text(key));
        var options = new GreenAIAspNetCoreOptions();
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key.Replace("__", ":", StringComparison.Ordinal), (string?)"true")]).Build()
            .GetSection("GreenAI:AspNetCore").Bind(options);
        Assert.True(options.Endpoints.AllowRemote);
    }

    [Fact]
    public void ScalingModifiers_NameTriggersOfTheirOwn()
    {
        YamlNode spec = Yaml.Parse(Pack.Read("kubernetes/keda-carbon.yaml"))["spec"];
        string formula = spec["advanced"]["scalingModifiers"].Text("formula");
        Assert.All(spec.Items("triggers"), trigger => Assert.Contains(trigger.Text("name"), formula, StringComparison.Ordinal));
    }
}
