using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests.Kubernetes;

/// <summary>The manifests as YAML.</summary>
internal static class Manifests
{
    public static IReadOnlyList<string> ScaledObjects { get; } = ["kubernetes/keda-utilization.yaml", "kubernetes/keda-carbon.yaml"];

    public static IEnumerable<YamlNode> Triggers(string type) =>
        from file in ScaledObjects
        from trigger in Yaml.Parse(Pack.Read(file))["spec"].Items("triggers")
        where trigger.Text("type") == type
        select trigger["metadata"];

    /// <summary>All that a manifest asks of a Prometheus.</summary>
    public static IEnumerable<string> Queries() => Triggers("prometheus").Select(static trigger => trigger.Text("query"))
        .Concat(Yaml.Parse(Pack.Read("kubernetes/prometheus-adapter-values.yaml"))["rules"].Items("external").Select(static rule => rule.Text("metricsQuery"))).Distinct();
}
