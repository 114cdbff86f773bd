using System.Text.Json.Nodes;
using GreenAI.Metering.Observability.Tests.Grafana;

namespace GreenAI.Metering.Observability.Tests.Npm;

/// <summary>The dashboard against the types that Grafana publishes, judged by the TypeScript compiler.</summary>
[Collection(NpmTests.Name)]
public sealed class DashboardTypeTests(NpmFolder npm)
{
    [Fact]
    public async Task Dashboard_IsOfGrafanasTypes()
    {
        ProgramRun run = await CompileAsync(Pack.Read(Dashboard.Path));
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 42", "\"schemaVersion\": \"42\"")]
    [InlineData("\"editable\": false", "\"editable\": \"no\"")]
    [InlineData("\"mode\": \"absolute\"", "\"mode\": \"relative\"")]
    [InlineData("\"allValue\":", "\"allValues\":")]
    [InlineData("\"gridPos\":", "\"grid\":")]
    [InlineData("\"drawStyle\": \"line\"", "\"drawStyle\": \"lines\"")]
    [InlineData("\"displayMode\": \"list\"", "\"displayMode\": \"rows\"")]
    public async Task Dashboard_WithAMistake_IsRejected(string from, string to)
    {
        string json = Pack.Read(Dashboard.Path);
        Assert.Contains(from, json, StringComparison.Ordinal);
        ProgramRun run = await CompileAsync(json.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("dashboard.ts", run.Output, StringComparison.Ordinal);
        Assert.Contains("error TS2", run.Output, StringComparison.Ordinal);
    }

    // Grafana's type of a dashboard leaves open what a panel's options are: the parts that it has types for are checked beside it.
    private Task<ProgramRun> CompileAsync(string json)
    {
        JsonNode[] panels = [.. JsonNode.Parse(json)!.Panels()];
        npm.Write("dashboard.ts", $"""
            import type {Braced("Dashboard, GraphFieldConfig, OptionsWithLegend, OptionsWithTooltip, ReduceDataOptions")} from "@grafana/schema";
            import type {Braced("Json")} from "./json";
            export const dashboard: Json<Dashboard> = {json};
            export const custom: Json<GraphFieldConfig>[] = {List(panels, "timeseries", static panel => panel["fieldConfig"]!["defaults"]!["custom"]!)};
            export const series: Json<OptionsWithLegend & OptionsWithTooltip>[] = {List(panels, "timeseries", static panel => panel["options"]!)};
            export const reduce: Json<ReduceDataOptions>[] = {List(panels, "stat", static panel => panel["options"]!["reduceOptions"]!)};
            """);
        return npm.NodeAsync(
            null, "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--target", "esnext", "--module", "esnext", "--moduleResolution", "bundler", "dashboard.ts");
    }

    private static string Braced(string names) => $"{{ {names} }}";

    private static string List(JsonNode[] panels, string type, Func<JsonNode, JsonNode> part) =>
        $"[{string.Join(",\n", panels.Where(panel => panel.Text("type") == type).Select(panel => part(panel).ToJsonString()))}]";
}
