using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>Ends of requests that are easily taken for others.</summary>
public sealed class EndingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/empty")]
    [InlineData("/length")]
    [InlineData("/chunked")]
    [InlineData("/late")]
    [InlineData("/late-empty")]
    [InlineData("/late-length")]
    public async Task Caller_WhoGoesOnceItHasItsAnswer_HasNotAbandonedIt(string path)
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/empty", context => Task.CompletedTask).WithInferenceMetering("m");
            app.MapGet("/length", SendAsync).WithInferenceMetering("m");
            app.MapGet("/chunked", context => context.Response.WriteAsync("done")).WithInferenceMetering("m");
            app.MapGet("/late", async context =>
            {
                await Task.Yield();
                await context.Response.WriteAsync("done");
            }).WithInferenceMetering("m");
            app.MapGet("/late-empty", async context => await Task.Yield()).WithInferenceMetering("m");
            app.MapGet("/late-length", async context =>
            {
                await Task.Yield();
                await SendAsync(context);
            }).WithInferenceMetering("m");
        });
        byte[] last = path.EndsWith("empty", StringComparison.Ordinal) ? "\r\n\r\n"u8.ToArray() : path.EndsWith("length", StringComparison.Ordinal) ? "done"u8.ToArray() : "0\r\n\r\n"u8.ToArray();
        byte[] request = System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (int i = 0; i < 300; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, rig.Client.BaseAddress!.Port), Token);
            socket.Send(request);
            byte[] answer = new byte[1024];
            int length = 0;
            while (!answer.AsSpan(0, length).EndsWith(last)) length += socket.Receive(answer, length, answer.Length - length, SocketFlags.None);
            socket.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal((300, 0, 0), (await rig.SettledAsync(300)).Outcomes("m"));

        // Through the stream: of bytes that are advanced into its writer the server does not notice that they are the last.
        static Task SendAsync(HttpContext context)
        {
            context.Response.ContentLength = 4;
            return context.Response.Body.WriteAsync("done"u8.ToArray(), 0, 4, context.RequestAborted);
        }
    }

    [Theory]
    [InlineData("/delay")]
    [InlineData("/pool")]
    public async Task Handler_ThatEndsQuietlyWhenItsCallerGoes_IsAbandoned(string path)
    {
        var runs = new SemaphoreSlim(0);
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/delay", context => UntilGoneAsync(context, () => Task.Delay(Timeout.Infinite, context.RequestAborted))).WithInferenceMetering("m");
            app.MapGet("/pool", context => UntilGoneAsync(context, () => new SemaphoreSlim(0).WaitAsync(context.RequestAborted))).WithInferenceMetering("m");
        });
        for (int i = 0; i < 100; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, rig.Client.BaseAddress!.Port), Token);
            await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), Token);
            await runs.WaitAsync(Token);
            socket.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal((0, 0, 100), (await rig.SettledAsync(100)).Outcomes("m"));

        async Task UntilGoneAsync(HttpContext context, Func<Task> wait)
        {
            // What it waits with is registered after the metering's own look.
            await Task.Yield();
            runs.Release();
            try
            {
                await wait();
            }
            catch (OperationCanceledException)
            {
                // As ASP.NET Core's own writers do.
            }
        }
    }

    [Theory]
    [InlineData("/at-once", 1)]
    [InlineData("/late", 1)]
    [InlineData("/gone", 0)]
    public async Task Caller_WhoGoesBeforeTheEndIsTold_HasAbandonedWhatWasNotDone(string path, long succeeded)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                // Told last, since it is the first to ask: all others know by then.
                var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using CancellationTokenRegistration registration = context.RequestAborted.Register(told.SetResult);
                await next();
                socket.Close(0);
                await told.Task;
            });
            app.UseRouting();
            app.UseInferenceMetering();
            app.MapGet("/at-once", context => Task.CompletedTask).WithInferenceMetering("m");
            app.MapGet("/late", async context => await Task.Yield()).WithInferenceMetering("m");
            app.MapGet("/gone", GoAsync).WithInferenceMetering("m");
        });
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, rig.Client.BaseAddress!.Port), Token);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), Token);
        Assert.Equal((succeeded, 0, 1 - succeeded), (await rig.SettledAsync(1)).Outcomes("m"));

        async Task GoAsync(HttpContext context)
        {
            var gone = new TaskCompletionSource();
            await using CancellationTokenRegistration registration = context.RequestAborted.Register(gone.SetResult);
            socket.Close(0);
            await gone.Task;
        }
    }

    [Fact]
    public async Task Handler_WhoseTimeIsUp_AndAnswersNevertheless_HasNotBeenAbandoned()
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                CancellationToken before = context.RequestAborted;
                using var limit = new CancellationTokenSource();
                context.Items["limit"] = limit;
                context.RequestAborted = limit.Token;
                await next();
                context.RequestAborted = before;
            });
            app.UseRouting();
            app.UseInferenceMetering();
            app.MapGet("/", async (HttpContext context) =>
            {
                await Task.Yield();
                await ((CancellationTokenSource)context.Items["limit"]!).CancelAsync();
                return "7";
            }).WithInferenceMetering("m");
        });
        Assert.Equal("7", await rig.Client.GetStringAsync("/", Token));
        Assert.Equal((1, 0, 0), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_ThatNeverSaysThatAResponseIsComplete_TheRequestIsAbandonedOnce(bool waits)
    {
        await using WebRig rig = await WebRig.StartAsync(app => { });
        var builder = new ApplicationBuilder(rig.App.Services);
        builder.UseInferenceMetering();
        builder.Run(async context =>
        {
            if (waits) await Task.Yield();
        });
        RequestDelegate pipeline = builder.Build();
        for (int i = 0; i < 10; i++) await RunAsync(pipeline);
        for (int i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal((0, 0, 10), (await rig.SettledAsync(10)).Outcomes("m"));
    }

    [Fact]
    public async Task Estimate_ThatThrows_FailsTheRequest_AndLeavesNothingBehind()
    {
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/", () => "").WithInferenceMetering("m", options => options.EstimateOf = _ => throw new InvalidDataException("on purpose"));
            },
            policy: Policies.Joules(1, Policies.Deny()));
        Assert.Equal(HttpStatusCode.InternalServerError, (await rig.Client.GetAsync("/", Token)).StatusCode);
        await rig.SettledAsync(0);
        Assert.Equal(0, rig.Meter.Budgets.Status().Single().Spent);
    }

    [Fact]
    public async Task Reservation_OfARequestThatCannotBegin_IsGivenBack()
    {
        await using WebRig rig = await WebRig.StartAsync(app => { }, policy: Policies.Joules(10, Policies.Deny()));
        var builder = new ApplicationBuilder(rig.App.Services);
        builder.UseInferenceMetering();
        builder.Run(context => Task.CompletedTask);
        RequestDelegate pipeline = builder.Build();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(new DeafResponse { Throws = true });
        var attribute = new InferenceMeteringAttribute("m") { EstimateJoules = 8 };
        for (int i = 0; i < 5; i++)
        {
            var context = new DefaultHttpContext(features);
            context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(attribute), "e"));
            await Assert.ThrowsAsync<NotSupportedException>(() => pipeline(context));
        }

        await rig.SettledAsync(0);
        using Metering.Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Meter.Model("m")) { Estimate = Energy.FromJoules(8) });
        Assert.True(admission.HoldsReservation, admission.Reason);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task RunAsync(RequestDelegate pipeline)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(new DeafResponse());
        var context = new DefaultHttpContext(features);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new InferenceMeteringAttribute("m")), "e"));
        await pipeline(context);
    }

    /// <summary>A server's response that takes callbacks and never calls them.</summary>
    private sealed class DeafResponse : IHttpResponseFeature
    {
        public bool Throws { get; init; }

        public int StatusCode { get; set; } = 200;

        public string? ReasonPhrase { get; set; }

        public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

        public Stream Body { get; set; } = Stream.Null;

        public bool HasStarted => false;

        public void OnStarting(Func<object, Task> callback, object state)
        {
        }

        public void OnCompleted(Func<object, Task> callback, object state)
        {
            if (Throws) throw new NotSupportedException("on purpose");
        }
    }
}
