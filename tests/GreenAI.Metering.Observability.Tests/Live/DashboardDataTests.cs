using GreenAI.Metering.Observability.Tests.Grafana;
using GreenAI.Metering.Observability.Tests.Kubernetes;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>Every panel and every alert of Grafana has data from a real service.</summary>
[Collection(LiveTests.Name)]
public sealed class DashboardDataTests(LiveStack live)
{
    // The host of these tests has no requests; the sample has.
    private const string OfRequests = "greenai_request_";

    public static TheoryData<string, string> Panels
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var panel in Dashboard.Load().Panels())
            {
                foreach (string expression in panel.Targets().Select(static target => target.Text("expr")!).Where(static text => !text.Contains(OfRequests, StringComparison.Ordinal)))
                    data.Add(panel.Text("title")!, expression);
            }

            return data;
        }
    }

    public static TheoryData<string, string> Variables
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var variable in Dashboard.Load().Variables().Where(static variable => variable.Text("type") == "query"))
                data.Add(variable.Text("name")!, variable["query"]!.Text("query")!);
            return data;
        }
    }

    public static TheoryData<string, string> Alerts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var rule in GrafanaAlerts.Rules()) data.Add(rule.Text("title"), GrafanaAlerts.Expression(rule));
            return data;
        }
    }

    public static TheoryData<string> Queries => [.. Manifests.Queries()];

    [Theory]
    [MemberData(nameof(Panels))]
    public async Task Panel_HasData(string title, string expression)
    {
        string asked = Hasty.Expression(Dashboard.Expression(expression, "greenai"));
        Assert.True((await live.EventuallyAsync(asked)).Count > 0, $"{title}: {asked}");
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Variable_HasValues(string name, string query)
    {
        string[] parts = query["label_values(".Length..^1].Split(", ");
        Assert.True((await live.EventuallyAsync(Dashboard.Expression(parts[0], "greenai"), row => row.Labels.ContainsKey(parts[1]))).Count > 0, name);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Autoscaler_HasData(string query) => Assert.True((await live.EventuallyAsync(query)).Count > 0, query);

    // Grafana compares itself: the expression has to give what is compared, whether or not it is too much.
    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task GrafanaAlert_HasData(string title, string expression) =>
        Assert.True((await live.EventuallyAsync(expression)).Count > 0, title);
}
