using System.Text.Json;
using System.Text.Json.Nodes;

namespace GreenAI.Metering.Observability.Tests.Grafana;

/// <summary>The dashboard as JSON.</summary>
internal static class Dashboard
{
    public const string Path = "grafana/dashboards/greenai.json";

    public static JsonNode Load() => JsonNode.Parse(Pack.Read(Path))!;

    public static IEnumerable<JsonNode> Panels(this JsonNode dashboard) => dashboard["panels"]!.AsArray().Where(static panel => panel!.Text("type") != "row")!;

    public static IEnumerable<JsonNode> Targets(this JsonNode panel) => panel["targets"]?.AsArray() is { } targets ? targets.Select(static target => target!) : [];

    public static IEnumerable<JsonNode> Variables(this JsonNode dashboard) => dashboard["templating"]!["list"]!.AsArray().Select(static variable => variable!);

    public static string? Text(this JsonNode node, string key) => node[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>An expression as Grafana sends it: a job and its instances, and a short range.</summary>
    public static string Expression(string expression, string job) => expression
        .Replace("$__rate_interval", "10s", StringComparison.Ordinal)
        .Replace("$__range", "1m", StringComparison.Ordinal)
        .Replace("$job", job, StringComparison.Ordinal)
        .Replace("$instance", ".+", StringComparison.Ordinal)
        .Replace("$window", "5m", StringComparison.Ordinal);
}
