using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

/// <summary>Trailers of HTTP/1.1, which Kestrel has none of: the body is cut into chunks by us.</summary>
public sealed class ChunkedTrailerTests
{
    private const string Name = "Carbon-Emissions-Scope-2";

    [Fact]
    public async Task Body_WrittenInEveryWay_ArrivesWholeWithATrailer()
    {
        byte[] large = [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)];
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, large, TestContext.Current.CancellationToken);
        await using ExposureHost host = await StartAsync(app =>
        {
            app.MapGet("/text", ExposureHost.Work);
            app.MapGet("/json", () => TypedResults.Json(ExposureHost.Work()));
            app.MapGet("/stream", async (HttpContext context) =>
            {
                ExposureHost.Work();
                await context.Response.Body.WriteAsync(large, context.RequestAborted);
                await context.Response.Body.WriteAsync(Array.Empty<byte>(), context.RequestAborted);
                await context.Response.Body.WriteAsync(large, context.RequestAborted);
            });
            app.MapGet("/pipe", (HttpContext context) =>
            {
                ExposureHost.Work();
                // Left in the pipe: the server flushes what a handler has not.
                large.AsSpan(0, 1000).CopyTo(context.Response.BodyWriter.GetSpan(1000));
                context.Response.BodyWriter.Advance(1000);
                return Task.CompletedTask;
            });
            app.MapGet("/complete", async (HttpContext context) =>
            {
                await context.Response.WriteAsync(ExposureHost.Work(), context.RequestAborted);
                await context.Response.CompleteAsync();
            });
            app.MapGet("/file", async (HttpContext context) =>
            {
                ExposureHost.Work();
                await context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().SendFileAsync(file, 0, null, context.RequestAborted);
            });
        });
        foreach ((string path, byte[] expected) in new[] { ("/text", "7"u8.ToArray()), ("/json", "\"7\""u8.ToArray()), ("/stream", [.. large, .. large]), ("/pipe", large[..1000]), ("/complete", "7"u8.ToArray()), ("/file", large) })
        {
            using HttpResponseMessage response = await host.GetAsync(path);
            Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.True(response.Headers.TransferEncodingChunked, path);
            string trailer = Assert.Single(response.TrailingHeaders.GetValues(Name));
            Assert.True(double.Parse(trailer, CultureInfo.InvariantCulture) > 0);
        }

        File.Delete(file);
    }

    [Fact]
    public async Task Response_WithoutABody_IsLeftToWhoeverWritesOneLater()
    {
        await using ExposureHost host = await StartAsync(
            app => app.MapGet("/empty", (HttpContext context) => { context.Response.StatusCode = 404; }),
            app => app.UseStatusCodePages(context => context.HttpContext.Response.WriteAsync("a page")));
        using HttpResponseMessage response = await host.GetAsync("/empty");
        Assert.Equal("a page", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(response.TrailingHeaders);
    }

    [Fact]
    public async Task Handler_FailingInTheMiddle_IsNotTakenForACompleteAnswer()
    {
        await using ExposureHost host = await StartAsync(app => app.MapGet("/broken", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            throw new InvalidOperationException("in the middle");
        }));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.GetAsync("/broken"));
    }

    [Fact]
    public async Task Connection_AfterATrailer_ServesFurtherRequests()
    {
        await using ExposureHost host = await StartAsync(app => app.MapGet("/text", (HttpContext context) => context.Connection.Id + ExposureHost.Work()));
        var answers = new HashSet<string>();
        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage response = await host.GetAsync("/text");
            answers.Add(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task Body_CompressedOutside_IsNotCutIntoChunksByUs()
    {
        await using ExposureHost host = await StartAsync(app => app.MapGet("/text", () => new string('7', 5000)), app => app.UseResponseCompression());
        using HttpResponseMessage response = await host.GetAsync("/text");
        Assert.Equal(new string('7', 5000), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(response.TrailingHeaders);
    }

    private static Task<ExposureHost> StartAsync(Action<RouteGroupBuilder> map, Action<WebApplication>? before = null) => ExposureHost.StartAsync(
        app =>
        {
            RouteGroupBuilder group = app.MapGroup("");
            group.WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Trailer);
            map(group);
        },
        before: before);
}
