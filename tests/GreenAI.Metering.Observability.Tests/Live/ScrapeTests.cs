namespace GreenAI.Metering.Observability.Tests.Live;

[Collection(LiveTests.Name)]
public sealed class ScrapeTests(LiveStack live)
{
    [Fact]
    public async Task Metrics_AsPrometheusWantsThem()
    {
        string promtool = Installed.Program("promtool", "prometheus");
        await live.EventuallyAsync("greenai:energy_per_inference_joules:ratio5m");
        using var http = new HttpClient();
        string metrics = await http.GetStringAsync(new Uri(live.Service.Address, "metrics"), TestContext.Current.CancellationToken);
        Assert.Contains("\ngreenai_kpi_compute_time_per_outcome_seconds{", metrics, StringComparison.Ordinal);
        ProgramRun run = await ProgramRun.OfAsync(promtool, Pack.Folder, metrics, "check", "metrics");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("", run.Output.Trim());
    }

    [Fact]
    public async Task Metrics_UnitThatPrometheusDoesNotKnow_IsFound()
    {
        ProgramRun run = await ProgramRun.OfAsync(
            Installed.Program("promtool", "prometheus"), Pack.Folder, "# HELP x_per_kW_h A ratio.\n# TYPE x_per_kW_h gauge\nx_per_kW_h 1\n", "check", "metrics");
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public async Task Target_IsUp_UnderTheJobThatAlertsName() =>
        Assert.Equal(1, Assert.Single(await live.EventuallyAsync("up{job=\"greenai\"}", static row => row.Value == 1)).Value);
}
