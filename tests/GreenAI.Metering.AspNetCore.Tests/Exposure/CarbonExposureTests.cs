using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

public sealed partial class CarbonExposureTests
{
    private const string Name = "Carbon-Emissions-Scope-2";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Header_Exposed_IsGramsInPlainNotationWithThreeDigits(bool http2)
    {
        await using ExposureHost host = await ExposureHost.StartAsync(app => app.MapGet("/predict", ExposureHost.Work).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Header));
        using HttpResponseMessage response = await host.GetAsync("/predict", http2);
        string text = Assert.Single(response.Headers.GetValues(Name));
        Assert.Matches(Plain(), text);
        // 20 W for some 20 ms at 400 g/kWh: 0.00004 g; between a millisecond and some seconds of it.
        Assert.InRange(double.Parse(text, CultureInfo.InvariantCulture), 2e-6, 1e-2);
        Assert.Empty(response.TrailingHeaders);
        Assert.False(response.Headers.Contains("Server-Timing"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trailer_Exposed_IsWhatTheRequestHadCostAtItsEnd(bool http2)
    {
        await using ExposureHost host = await ExposureHost.StartAsync(app => app.MapGet("/stream", async (HttpContext context) =>
        {
            await context.Response.WriteAsync(ExposureHost.Work(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            for (int i = 0; i < 3; i++) await context.Response.WriteAsync(ExposureHost.Work(), context.RequestAborted);
        }).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Header | CarbonExposure.Trailer));
        using HttpResponseMessage response = await host.GetAsync("/stream", http2);
        Assert.Equal("7777", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Name, Assert.Single(response.Headers.Trailer), ignoreCase: true);
        double first = double.Parse(Assert.Single(response.Headers.GetValues(Name)), CultureInfo.InvariantCulture);
        string last = Assert.Single(response.TrailingHeaders.GetValues(Name));
        Assert.Matches(Plain(), last);
        Assert.True(double.Parse(last, CultureInfo.InvariantCulture) > first * 1.5, $"{first} at the start, {last} at the end");
    }

    [Fact]
    public async Task Trailer_OfAResponseWithALength_IsNotAnnouncedOnHttp11()
    {
        await using ExposureHost host = await ExposureHost.StartAsync(app => app.MapGet("/fixed", async (HttpContext context) =>
        {
            ExposureHost.Work();
            context.Response.ContentLength = 1;
            await context.Response.WriteAsync("7", context.RequestAborted);
        }).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Trailer));
        using HttpResponseMessage response = await host.GetAsync("/fixed");
        Assert.Equal("7", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(response.Headers.Trailer);
        Assert.Empty(response.TrailingHeaders);
        using HttpResponseMessage second = await host.GetAsync("/fixed", http2: true);
        await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Single(second.TrailingHeaders.GetValues(Name));
    }

    [Fact]
    public async Task ServerTiming_Exposed_HasEnergyAndCarbonBesideTheHandlersOwn()
    {
        await using ExposureHost host = await ExposureHost.StartAsync(app => app.MapGet("/predict", (HttpContext context) =>
        {
            context.Response.Headers.Append("Server-Timing", "db;dur=53");
            return ExposureHost.Work();
        }).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.ServerTiming));
        using HttpResponseMessage response = await host.GetAsync("/predict");
        string[] values = [.. response.Headers.GetValues("Server-Timing")];
        Assert.Equal("db;dur=53", values[0]);
        Assert.Matches("""^energy;desc="[0-9.]+ J", carbon;desc="[0-9.]+ g"$""", values[1]);
        Assert.False(response.Headers.Contains(Name));
    }

    [Fact]
    public async Task Usage_Exposed_IsABlockOfTheAnswer()
    {
        await using ExposureHost host = await ExposureHost.StartAsync(app =>
        {
            app.MapGet("/chat", Chat).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Usage);
            app.MapGet("/other", Chat).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Header);
        });
        using HttpResponseMessage response = await host.GetAsync("/chat");
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        JsonElement carbon = answer.RootElement.GetProperty("usage").GetProperty("carbon");
        Assert.InRange(carbon.GetProperty("kWh").GetProperty("min").GetDouble(), 0, carbon.GetProperty("kWh").GetProperty("max").GetDouble());
        Assert.True(carbon.GetProperty("kgCO2eq").GetProperty("max").GetDouble() > 0);
        Assert.False(response.Headers.Contains(Name));
        using HttpResponseMessage other = await host.GetAsync("/other");
        Assert.Equal("""{"usage":{"tokens":3}}""", await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Header_OfTheHandler_IsReplacedOrTakenAway()
    {
        static string Own(HttpContext context)
        {
            context.Response.Headers[Name] = "0.5";
            return ExposureHost.Work();
        }

        await using ExposureHost priced = await ExposureHost.StartAsync(app => app.MapGet("/predict", Own).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Header));
        using HttpResponseMessage replaced = await priced.GetAsync("/predict");
        Assert.NotEqual("0.5", Assert.Single(replaced.Headers.GetValues(Name)));
        await using ExposureHost unpriced = await ExposureHost.StartAsync(
            app => app.MapGet("/predict", Own).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Header | CarbonExposure.ServerTiming), new CarbonOptions());
        using HttpResponseMessage taken = await unpriced.GetAsync("/predict");
        Assert.False(taken.Headers.Contains(Name));
        Assert.Matches("""^energy;desc="[0-9.]+ J"$""", Assert.Single(taken.Headers.GetValues("Server-Timing")));
    }

    private static async Task Chat(HttpContext context)
    {
        ExposureHost.Work();
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartObject("usage");
        writer.WriteNumber("tokens", 3);
        writer.WriteUsageCarbon(context);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    [GeneratedRegex(@"^0\.0*[1-9][0-9]{2}$")]
    private static partial Regex Plain();
}
