using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GreenAI.Metering.Observability.Tests.Grafana;

/// <summary>What grafana/dashboard-linter asks of a dashboard, by the names of its rules.</summary>
internal static partial class DashboardLint
{
    private const string Source = "${datasource}";

    public static IEnumerable<string> Complaints(JsonNode dashboard) =>
        OfTemplates(dashboard).Concat(dashboard["panels"]!.AsArray().SelectMany(static panel => OfPanel(panel!)));

    private static IEnumerable<string> OfTemplates(JsonNode dashboard)
    {
        if (dashboard["editable"]?.GetValue<bool>() != false) yield return "uneditable-dashboard";
        if (!dashboard.Variables().Any(static variable => variable.Text("name") == "datasource" && variable.Text("type") == "datasource" && variable.Text("query") == "prometheus"))
            yield return "template-datasource-rule";
        foreach (string name in (string[])["job", "instance"])
        {
            if (!dashboard.Variables().Any(variable => IsSelector(variable, name))) yield return $"template-{name}-rule";
        }

        foreach (JsonNode variable in dashboard.Variables().Where(static variable => variable.Text("type") == "query"))
        {
            if (variable["refresh"]?.GetValue<int>() != 2) yield return $"template-on-time-change-reload-rule: {variable.Text("name")}";
            if (!LabelValues().IsMatch(variable["query"]?.Text("query") ?? "")) yield return $"template-label-promql-rule: {variable.Text("name")}";
        }
    }

    private static bool IsSelector(JsonNode variable, string name) =>
        variable.Text("name") == name && variable.Text("type") == "query" && variable["datasource"]!.Text("uid") == Source
        && variable["multi"]!.GetValue<bool>() && variable.Text("allValue") == ".+" && string.Equals(variable.Text("label"), name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> OfPanel(JsonNode panel)
    {
        string title = panel.Text("title") ?? "";
        if (title.Length == 0) yield return $"panel-title-description-rule: {panel["id"]} has no title";
        if (panel.Text("type") == "row") yield break;
        if (string.IsNullOrWhiteSpace(panel.Text("description"))) yield return $"panel-title-description-rule: {title} has no description";
        if (panel["datasource"]?.Text("uid") != Source) yield return $"panel-datasource-rule: {title}";
        if (string.IsNullOrWhiteSpace(panel["fieldConfig"]?["defaults"]?.Text("unit"))) yield return $"panel-units-rule: {title}";
        if (!panel.Targets().Any()) yield return $"panel-no-targets-rule: {title}";
        foreach (string complaint in panel.Targets().SelectMany(static target => OfExpression(target.Text("expr") ?? ""))) yield return $"{complaint}: {title}";
    }

    private static IEnumerable<string> OfExpression(string expression)
    {
        foreach (Match selector in Selector().Matches(expression))
        {
            string name = selector.Groups["name"].Value, matchers = selector.Groups["matchers"].Value;
            if (!matchers.Contains("job=~\"$job\"", StringComparison.Ordinal)) yield return $"target-job-rule: {name}";
            // What a recording rule has summed over instances has none.
            if (!name.Contains(':', StringComparison.Ordinal) && !matchers.Contains("instance=~\"$instance\"", StringComparison.Ordinal)) yield return $"target-instance-rule: {name}";
            string before = expression[..selector.Index], after = expression[(selector.Index + selector.Length)..];
            bool isRate = Rate().IsMatch(before), isCounter = Counter().IsMatch(name);
            if (isCounter && !isRate) yield return $"target-counter-agg-rule: {name}";
            if (isRate && before.EndsWith("rate(", StringComparison.Ordinal) && !after.StartsWith("[$__rate_interval]", StringComparison.Ordinal)) yield return $"target-rate-interval-rule: {name}";
            if (isRate && !isCounter) yield return $"target-gauge-agg-rule: {name}";
        }
    }

    [GeneratedRegex(@"(?<name>[a-z_:][a-z0-9_:]*)\{(?<matchers>[^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\b(rate|increase)\($")]
    private static partial Regex Rate();

    [GeneratedRegex("_(total|bucket|sum|count)$")]
    private static partial Regex Counter();

    [GeneratedRegex(@"^label_values\([a-z_]+(\{[^}]*\})?, [a-z_]+\)$")]
    private static partial Regex LabelValues();
}
