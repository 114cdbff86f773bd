using System.Net;
using System.Net.Sockets;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class OutcomeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/ok", 1, 0, 0)]
    [InlineData("/nothing", 1, 0, 0)]
    [InlineData("/bad", 1, 0, 0)]
    [InlineData("/status500", 0, 1, 0)]
    [InlineData("/status503", 0, 1, 0)]
    [InlineData("/throws", 0, 1, 0)]
    [InlineData("/throws-at-once", 0, 1, 0)]
    [InlineData("/throws-late", 0, 1, 0)]
    [InlineData("/cancelled", 0, 0, 1)]
    [InlineData("/says-failed", 0, 1, 0)]
    [InlineData("/says-succeeded", 1, 0, 0)]
    public async Task Request_Ends_CountsAs(string path, long succeeded, long failed, long abandoned)
    {
        await using WebRig rig = await WebRig.StartAsync(Map);
        try
        {
            using HttpResponseMessage response = await rig.Client.GetAsync(path, Token);
        }
        catch (HttpRequestException)
        {
            // An answer that broke off.
        }

        Assert.Equal((succeeded, failed, abandoned), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    [Fact]
    public async Task Request_OfHead_IsMetered()
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapMethods("/", ["HEAD"], () => Results.Ok()).WithInferenceMetering("m");
        });
        using HttpResponseMessage response = await rig.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), Token);
        Assert.Equal((1, 0, 0), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    [Fact]
    public async Task Request_CallerGoesWhileItRuns_IsAbandoned()
    {
        var began = new TaskCompletionSource();
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/", async (HttpContext context) =>
            {
                began.SetResult();
                // A handler that does not look at the token and ends as if nothing had happened.
                var gone = new TaskCompletionSource();
                await using CancellationTokenRegistration registration = context.RequestAborted.Register(gone.SetResult);
                await gone.Task;
            }).WithInferenceMetering("m");
        });
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, rig.Client.BaseAddress!.Port), Token);
            await socket.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Token);
            await began.Task.WaitAsync(Token);
            socket.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal((0, 0, 1), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    [Fact]
    public async Task Request_Streams_IsMeteredToItsLastByte()
    {
        var next = new SemaphoreSlim(0);
        IInferenceFeature? feature = null;
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/", async (HttpContext context) =>
            {
                feature = context.GetInference();
                for (int i = 0; i < 3; i++)
                {
                    await context.Response.WriteAsync("part\n", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    await next.WaitAsync(context.RequestAborted);
                }

                feature!.Units = 3;
            }).WithInferenceMetering("m");
        });
        using HttpResponseMessage response = await rig.Client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("part", await reader.ReadLineAsync(Token));
            Assert.True(feature!.Scope.IsTracked);
            Assert.Equal(FootprintStage.Provisional, feature.Footprint.Stage);
            next.Release();
        }

        EnergyTotals totals = await rig.SettledAsync(1);
        Assert.Equal(((1, 0, 0), 3), (totals.Outcomes("m"), totals.Models.Single().WorkUnits));
    }

    [Fact]
    public async Task Context_WithoutAServer_EndsWithItsHandler()
    {
        await using WebRig rig = await WebRig.StartAsync(app => app.UseInferenceMetering());
        var builder = new ApplicationBuilder(rig.App.Services);
        builder.UseInferenceMetering();
        builder.Run(context => Task.CompletedTask);
        RequestDelegate pipeline = builder.Build();
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new InferenceMeteringAttribute("m")), "e"));
        await pipeline(context);
        Assert.Equal((1, 0, 0), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    private static void Map(WebApplication app)
    {
        app.UseInferenceMetering();
        Get("/ok", context => context.Response.WriteAsync("ok"));
        Get("/nothing", context => Task.CompletedTask);
        Get("/bad", context => Status(context, 400));
        Get("/status500", context => Status(context, 500));
        Get("/status503", context => Status(context, 503));
        Get("/throws", async context =>
        {
            await Task.Yield();
            throw new InvalidDataException("on purpose");
        });
        Get("/throws-at-once", context => throw new InvalidDataException("on purpose"));
        Get("/throws-late", async context =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            throw new InvalidDataException("on purpose");
        });
        Get("/cancelled", context => Task.FromCanceled(new CancellationToken(true)));
        Get("/says-failed", context =>
        {
            context.GetInference()!.Outcome = InferenceOutcome.Failed;
            return Task.CompletedTask;
        });
        Get("/says-succeeded", context =>
        {
            context.GetInference()!.Outcome = InferenceOutcome.Succeeded;
            return Status(context, 500);
        });

        void Get(string path, RequestDelegate handler) => app.MapGet(path, handler).WithInferenceMetering("m");
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
