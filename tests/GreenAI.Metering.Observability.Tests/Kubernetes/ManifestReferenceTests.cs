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

    [Fact]
    public void ScalingModifiers_NameTriggersOfTheirOwn()
    {
        YamlNode spec = Yaml.Parse(Pack.Read("kubernetes/keda-carbon.yaml"))["spec"];
        string formula = spec["advanced"]["scalingModifiers"].Text("formula");
        Assert.All(spec.Items("triggers"), trigger => Assert.Contains(trigger.Text("name"), formula, StringComparison.Ordinal));
    }
}
