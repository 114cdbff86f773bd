using System.Net;
using System.Text.RegularExpressions;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

[Collection<DemoCollection>]
public sealed class DemoTests(DemoService service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Demo_Output_TellsPageLinesAndSums()
    {
        Assert.Matches(@"(?m)^00:0\d +[\d,]+ requests/s +[\d.]+ m?W +[\d.]+ m?J +[\d.]+ [µm]g +(Allow|Warn|Degrade|Deny) [\d.]+ m?J of 20\.0 J$", service.Output);
        foreach (string model in DigitModels.Names) Assert.Matches($@"(?m)^│ {model} +│ +[1-9]", service.Output);
        Assert.Matches(@"(?m)^[\d,]+ requests in \d\.\d s: [\d.,]+ a second\. Answers: ", service.Output);
        Assert.Contains("Counter less all buckets: 0 µJ.", service.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^digits-wide-minute: Allow ", service.Output);
        Assert.DoesNotContain('\x1b', service.Output);
    }

    [Fact]
    public void Demo_Output_ShowsMistakesAndCallersThatHungUp()
    {
        Assert.Matches(@"(?m)^│ /predict +│.* × 400", service.Output);
        Assert.Matches(@"(?m)^│ /predict/stream +│.* × hung up", service.Output);
        Assert.DoesNotContain("× 500", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_IsServed()
    {
        using HttpResponseMessage page = await service.Client.GetAsync("greenai", Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("greenai_inferences_total{", "greenai_model=\"digits-lr\"")]
    [InlineData("greenai_energy_joules_total{", "greenai_model=\"digits-wide\"")]
    [InlineData("greenai_emissions_grams_total{", "greenai_model=\"digits-mlp\"")]
    [InlineData("greenai_kpi_carbon_per_inference_grams{", "greenai_model=\"digits-mlp\"")]
    [InlineData("greenai_kpi_energy_per_inference_joules{", "greenai_model=\"digits-wide\"")]
    [InlineData("greenai_kpi_model_efficiency_ratio", "greenai_model=\"digits-lr\"")]
    [InlineData("greenai_budget_energy_limit_joules{", "greenai_budget=\"digits-wide-minute\"")]
    [InlineData("greenai_budget_carbon_spent_grams{", "greenai_budget=\"service-hour\"")]
    [InlineData("greenai_budget_decisions_total{", "greenai_verdict=\"Allow\"")]
    [InlineData("greenai_metering_coverage{", "hw_id=")]
    [InlineData("http_server_request_duration_seconds_count{", "http_route=\"/predict\"")]
    public async Task Metrics_HoldTheSeries(string name, string label)
    {
        string metrics = await service.Client.GetStringAsync("metrics", Cancellation);

        Assert.Contains(metrics.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_AreCleanForPromtool()
    {
        string metrics = await service.Client.GetStringAsync("metrics", Cancellation);

        (int exitCode, string found) = await Promtool.CheckMetricsAsync(metrics);

        Assert.Equal((0, ""), (exitCode, found.Trim()));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("abandoned")]
    public async Task Metrics_FailedAndAbandonedInferences_AreCountedApart(string outcome)
    {
        string metrics = await service.Client.GetStringAsync("metrics", Cancellation);

        Match counted = Regex.Match(metrics, $@"greenai_inferences_total\{{[^}}]*greenai_model=""digits-mlp"",greenai_outcome=""{outcome}""\}} (\d+)");
        Assert.True(counted.Success && counted.Groups[1].Value != "0", metrics);
    }
}
