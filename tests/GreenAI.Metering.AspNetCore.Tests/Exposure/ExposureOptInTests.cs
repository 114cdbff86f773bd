using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

public sealed class ExposureOptInTests
{
    private static readonly string[] _telling = ["carbon", "energy", "emission", "joule", "kwh", "co2", "server-timing", "trailer"];

    [Theory]
    [InlineData("/plain")]
    [InlineData("/failing")]
    [InlineData("/missing")]
    [InlineData("/group/none")]
    [InlineData("/exposed-but-not-metered")]
    [InlineData("/metered-mvc")]
    [InlineData("/greenai")]
    [InlineData("/greenai/report")]
    [InlineData("/greenai/report?format=xml")]
    [InlineData("/greenai/report/board")]
    [InlineData("/greenai/autoscaling/m")]
    [InlineData("/greenai/autoscaling/unknown")]
    [InlineData("/greenai/health")]
    public async Task Response_WithoutOptingIn_TellsNothingInHeadersAndTrailers(string path)
    {
        await using ExposureHost host = await ExposureHost.StartAsync(Map);
        foreach (bool http2 in new[] { false, true })
        {
            using HttpResponseMessage response = await host.GetAsync(path, http2);
            string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            string[] lines =
            [
                .. response.Headers.Concat(response.Content.Headers).Concat(response.TrailingHeaders).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"),
                // The package's own endpoints tell in their bodies what they are there for, to callers on this machine.
                .. path.StartsWith("/greenai", StringComparison.Ordinal) ? Array.Empty<string>() : [body],
            ];
            Assert.DoesNotContain(lines, line => _telling.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public async Task Group_Exposed_CoversItsEndpointsAndTheNearestCounts()
    {
        await using ExposureHost host = await ExposureHost.StartAsync(Map);
        using HttpResponseMessage open = await host.GetAsync("/group/open");
        Assert.True(open.Headers.Contains("Carbon-Emissions-Scope-2"));
        using HttpResponseMessage none = await host.GetAsync("/group/none");
        Assert.False(none.Headers.Contains("Carbon-Emissions-Scope-2"));
    }

    [Fact]
    public async Task Action_WithTheAttribute_IsExposed()
    {
        await using ExposureHost host = await ExposureHost.StartAsync(Map);
        using HttpResponseMessage response = await host.GetAsync("/exposed-mvc");
        Assert.True(response.Headers.Contains("Carbon-Emissions-Scope-2"));
    }

    [Fact]
    public async Task Action_ThatRefusesByItsAttribute_IsNotExposedWithAllOthers()
    {
        // What is said of all controllers comes after what an action says of itself.
        await using ExposureHost host = await ExposureHost.StartAsync(app => app.MapControllers().ExposeCarbon(CarbonExposure.Header));
        using HttpResponseMessage refused = await host.GetAsync("/refused-mvc");
        Assert.False(refused.Headers.Contains("Carbon-Emissions-Scope-2"));
        using HttpResponseMessage other = await host.GetAsync("/metered-mvc");
        Assert.True(other.Headers.Contains("Carbon-Emissions-Scope-2"));
    }

    [Fact]
    public async Task Head_OfAnExposedEndpoint_HasTheHeaderAndNoTrailer()
    {
        await using ExposureHost host = await ExposureHost.StartAsync(app => app.MapMethods(
            "/predict", [HttpMethods.Head], () => ExposureHost.Work()).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Header | CarbonExposure.Trailer));
        using HttpResponseMessage response = await host.GetAsync("/predict", method: HttpMethod.Head);
        Assert.True(response.Headers.Contains("Carbon-Emissions-Scope-2"));
        Assert.Empty(response.Headers.Trailer);
    }

    [Fact]
    public void ExposeCarbon_InNoWayThereIs_IsRefused()
    {
        WebApplication app = WebApplication.CreateSlimBuilder().Build();
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => app.MapGet("/", () => "").ExposeCarbon((CarbonExposure)16));
        Assert.Contains("Header, Trailer, ServerTiming and Usage", exception.Message, StringComparison.Ordinal);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/plain", ExposureHost.Work).WithInferenceMetering("m");
        app.MapGet("/failing", (HttpContext context) => context.Response.StatusCode = 500).WithInferenceMetering("m");
        app.MapGet("/exposed-but-not-metered", () => "7").ExposeCarbon(CarbonExposure.Header | CarbonExposure.Trailer | CarbonExposure.ServerTiming);
        RouteGroupBuilder group = app.MapGroup("/group");
        group.ExposeCarbon(CarbonExposure.Header);
        group.MapGet("/open", ExposureHost.Work).WithInferenceMetering("m");
        group.MapGet("/none", ExposureHost.Work).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.None);
        app.MapControllers();
        app.MapGreenAI();
    }
}
