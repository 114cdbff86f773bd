using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests.Grafana;

/// <summary>The alerts that Grafana is provisioned with.</summary>
internal static class GrafanaAlerts
{
    public const string Path = "grafana/provisioning/alerting/greenai.yml";

    public static IReadOnlyList<YamlNode> Rules() => [.. Yaml.Parse(Pack.Read(Path)).Items("groups").SelectMany(static group => group.Items("rules"))];

    public static string Expression(YamlNode rule) => rule.Items("data").First()["model"].Text("expr").Trim();
}
