using System.Net;
using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Health_WithoutHealthChecks_TellsStatusDescriptionAndFigures()
    {
        await using WebRig rig = await WebRig.StartAsync(app => app.MapGreenAI());
        using HttpResponseMessage response = await rig.Client.GetAsync("/greenai/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        using JsonDocument health = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Healthy", health.RootElement.GetProperty("status").GetString());
        Assert.Equal("No policy is stated.", health.RootElement.GetProperty("description").GetString());
        JsonElement data = health.RootElement.GetProperty("data");
        Assert.False(data.GetProperty("policy.in_force").GetBoolean());
        Assert.Equal(JsonValueKind.Number, data.GetProperty("audit.lost").ValueKind);
        Assert.InRange(data.GetProperty("metering.coverage").GetDouble(), 0, 1);
    }

    [Theory]
    [InlineData(false, "Degraded", HttpStatusCode.OK)]
    [InlineData(true, "Unhealthy", HttpStatusCode.ServiceUnavailable)]
    public async Task Health_CoverageIsLost_HasTheStatusThatTheOptionsSay(bool unhealthy, string status, HttpStatusCode code)
    {
        await using WebRig rig = await WebRig.StartAsync(
            app => app.MapGreenAI(),
            (services, _) => services.Configure<BudgetHealthOptions>(options => options.UnhealthyOnLostCoverage = unhealthy),
            source: new CountingSource { Fails = true });
        using HttpResponseMessage response = await rig.Client.GetAsync("/greenai/health", TestContext.Current.CancellationToken);
        Assert.Equal(code, response.StatusCode);
        Assert.Contains($"\"status\": \"{status}\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddGreenAI_ToHealthChecks_RunsTheCheckUnderItsName()
    {
        await using WebRig rig = await WebRig.StartAsync(_ => { }, (services, _) => services.AddHealthChecks().AddGreenAI(tags: ["energy"]));
        HealthReport report = await rig.App.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Tags.Contains("energy"), TestContext.Current.CancellationToken);
        Assert.Equal("greenai", Assert.Single(report.Entries).Key);
        Assert.Equal("No policy is stated.", report.Entries["greenai"].Description);
    }
}
