using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests.Grafana;

/// <summary>What Grafana reads at its start, by the form that its documentation gives.</summary>
public sealed class ProvisioningTests
{
    private static readonly string[] _states = ["Alerting", "NoData", "OK", "KeepLast", "Error"];

    [Fact]
    public void DataSource_HasTheNameThatTheDashboardBeginsWith()
    {
        YamlNode source = Assert.Single(Yaml.Parse(Pack.Read("grafana/provisioning/datasources/prometheus.yml")).Items("datasources"));
        Assert.Equal(("prometheus", "proxy"), (source.Text("type"), source.Text("access")));
        var variable = Dashboard.Load().Variables().First(static variable => variable.Text("name") == "datasource");
        Assert.Equal(source.Text("uid"), variable["current"]!.Text("value"));
        // $__rate_interval is at least four times of what it says: more than the scrape interval would hide, less would leave gaps.
        Assert.Contains($"scrape_interval: {source["jsonData"].Text("timeInterval")}\n", Pack.Read("prometheus/prometheus.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Dashboards_AreLookedForWhereComposePutsThem()
    {
        YamlNode provider = Assert.Single(Yaml.Parse(Pack.Read("grafana/provisioning/dashboards/greenai.yml")).Items("providers"));
        Assert.Equal(("file", "false"), (provider.Text("type"), provider.Text("allowUiUpdates")));
        YamlNode grafana = Yaml.Parse(Pack.Read("compose.yml"))["services"]["grafana"];
        Assert.Contains($"./grafana/dashboards:{provider["options"].Text("path")}:ro", grafana.Items("volumes").Select(static volume => ((YamlScalarNode)volume).Value));
    }

    [Fact]
    public void Alerts_HaveTheFormOfGrafana()
    {
        IReadOnlyList<YamlNode> rules = GrafanaAlerts.Rules();
        Assert.Equal(rules.Count, rules.Select(static rule => rule.Text("uid")).Distinct().Count());
        foreach (YamlNode rule in rules)
        {
            Assert.Matches("^[a-z_]{1,40}$", rule.Text("uid"));
            YamlNode[] data = [.. rule.Items("data")];
            Assert.Equal(["prometheus", "__expr__"], data.Select(static one => one.Text("datasourceUid")));
            Assert.All(data, static one => Assert.Equal(one.Text("refId"), one["model"].Text("refId")));
            Assert.Equal(rule.Text("condition"), data[1].Text("refId"));
            Assert.Equal(("threshold", data[0].Text("refId")), (data[1]["model"].Text("type"), data[1]["model"].Text("expression")));
            Assert.Contains(Assert.Single(data[1]["model"].Items("conditions"))["evaluator"].Text("type"), (string[])["gt", "lt"]);
            Assert.Contains(rule.Text("noDataState"), _states);
            Assert.Contains(rule.Text("execErrState"), _states);
            Assert.Contains(rule["labels"].Text("severity"), (string[])["page", "ticket", "info"]);
        }
    }
}
