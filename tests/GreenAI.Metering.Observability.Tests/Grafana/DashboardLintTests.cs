using System.Text.Json.Nodes;

namespace GreenAI.Metering.Observability.Tests.Grafana;

public sealed class DashboardLintTests
{
    public static TheoryData<string, string, string> Spoilt => new()
    {
        { "uneditable-dashboard", "\"editable\": false", "\"editable\": true" },
        { "template-datasource-rule", "\"query\": \"prometheus\"", "\"query\": \"loki\"" },
        { "template-job-rule", "\"name\": \"job\"", "\"name\": \"service\"" },
        { "template-instance-rule", "\"allValue\": \".+\"", "\"allValue\": \".*\"" },
        { "template-on-time-change-reload-rule", "\"refresh\": 2", "\"refresh\": 1" },
        { "template-label-promql-rule", "\"query\": \"label_values(greenai_metering_open_scopes, job)\"", "\"query\": \"label_values(job\"" },
        { "panel-title-description-rule", "\"title\": \"Coverage\"", "\"title\": \"\"" },
        { "panel-title-description-rule", "\"description\": \"It is contained in the other figures.\"", "\"description\": \"\"" },
        { "panel-datasource-rule", "\"uid\": \"${datasource}\"", "\"uid\": \"prometheus\"" },
        { "panel-units-rule", "\"unit\": \"watt\"", "\"unit\": \"\"" },
        { "panel-no-targets-rule", "\"targets\": [", "\"target\": [" },
        { "target-job-rule", "job=~\\\"$job\\\"", "job=\\\"svc\\\"" },
        { "target-instance-rule", "instance=~\\\"$instance\\\"", "instance=\\\"a\\\"" },
        { "target-rate-interval-rule", "[$__rate_interval]", "[5m]" },
        { "target-counter-agg-rule", "(rate(greenai_inferences_total{", "((greenai_inferences_total{" },
        { "target-gauge-agg-rule", "(hw_power_watts{", "(rate(hw_power_watts{" },
    };

    [Fact]
    public void Dashboard_HasNoComplaints() => Assert.Empty(DashboardLint.Complaints(Dashboard.Load()));

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void Dashboard_WithAMistake_IsComplainedOf(string rule, string from, string to)
    {
        string json = JsonNode.Parse(Pack.Read(Dashboard.Path))!.ToJsonString(Readable.Json);
        Assert.Contains(from, json, StringComparison.Ordinal);
        IEnumerable<string> complaints = DashboardLint.Complaints(JsonNode.Parse(json.Replace(from, to, StringComparison.Ordinal))!);
        Assert.Contains(complaints, complaint => complaint.StartsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_AreThoseThatAnOperatorAsksFor() => Assert.Equal(
        ["Budgets and forecast", "Indicators against targets", "Regression against baseline", "Who spends", "Intensity and renewables", "Decisions", "Metering health"],
        Dashboard.Load()["panels"]!.AsArray().Where(static panel => panel!.Text("type") == "row").Select(static row => row!.Text("title")));

    // Of several replicas the worst is shown: the least of what should be large, the most of what should be small.
    [Fact]
    public void Indicators_AreThoseOfTheWorstReplica()
    {
        string[] largeIsGood = ["model_efficiency_ratio", "hardware_utilization", "data_efficiency_score", "renewable_matching"];
        string[] shown = [.. Dashboard.Load().Panels().Where(static panel => panel.Text("type") == "stat")
            .Select(static panel => panel.Targets().Single().Text("expr")!).Where(static expression => expression.Contains("greenai_kpi_", StringComparison.Ordinal))];
        Assert.Equal(10, shown.Length);
        Assert.All(shown, expression => Assert.StartsWith(
            largeIsGood.Any(name => expression.Contains(name, StringComparison.Ordinal)) ? "min by " : "max by ", expression, StringComparison.Ordinal));
    }

    [Fact]
    public void Panels_DoNotOverlap_AndHaveIdsOfTheirOwn()
    {
        JsonNode[] panels = [.. Dashboard.Load()["panels"]!.AsArray()!];
        Assert.Equal(panels.Length, panels.Select(static panel => panel["id"]!.GetValue<int>()).Distinct().Count());
        var taken = new HashSet<(int, int)>();
        foreach (JsonNode at in panels.Select(static panel => panel["gridPos"]!))
        {
            int x = at["x"]!.GetValue<int>(), y = at["y"]!.GetValue<int>(), w = at["w"]!.GetValue<int>(), h = at["h"]!.GetValue<int>();
            Assert.InRange(x + w, 1, 24);
            for (int i = 0; i < w * h; i++) Assert.True(taken.Add((x + (i % w), y + (i / w))), at.Parent!.Text("title"));
        }
    }
}
