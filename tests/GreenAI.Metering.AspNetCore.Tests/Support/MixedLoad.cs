using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>Requests of every kind, each of which does a little work, and what they have to count as.</summary>
internal sealed class MixedLoad(WebRig rig)
{
    public static readonly BudgetPolicy Policy = Policies.Of(
        Policies.Budget(1, new BudgetScope { Model = "large" }, Policies.Degrade(0.001, "small")));

    private readonly Dictionary<(string Model, InferenceOutcome Outcome), long> _expected = [];

    /// <summary>What must have been counted by now.</summary>
    public IReadOnlyDictionary<(string Model, InferenceOutcome Outcome), long> Expected => _expected;

    public static void Map(WebApplication app)
    {
        app.UseInferenceMetering();
        Get(RequestKind.Plain, "plain", context => Work());
        Get(RequestKind.Streaming, "streaming", async context =>
        {
            for (int i = 0; i < 3; i++)
            {
                await Work();
                await context.Response.WriteAsync("part");
                await context.Response.Body.FlushAsync();
            }
        });
        Get(RequestKind.AbortedByTheCaller, "aborted", async context =>
        {
            await Work();
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        Get(RequestKind.ThrowsBefore, "throws", async context =>
        {
            await Work();
            throw new InvalidDataException("on purpose");
        });
        Get(RequestKind.ThrowsAfterItBegan, "throws-late", async context =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await Work();
            throw new InvalidDataException("on purpose");
        });
        Get(RequestKind.Degraded, "large", context => Work());
        Get(RequestKind.Suspended, "suspended", async context =>
        {
            await Work();
            context.GetInference()!.Scope.Suspend();
            await Work();
            context.GetInference()!.Scope.Resume();
        });
        Get(RequestKind.Several, "several", async context =>
        {
            IInferenceFeature feature = context.GetInference()!;
            RequestInference first = feature.Begin("first");
            RequestInference second = feature.Begin("second");
            await Work();
            first.Complete();
            await Work();
            second.Fail();
            feature.Begin("open");
            await Work();
        });

        void Get(RequestKind kind, string model, RequestDelegate handler) => app.MapGet($"/{kind}", handler).WithInferenceMetering(model);
    }

    /// <summary>Sends requests, so many at once.</summary>
    public async Task RunAsync(IReadOnlyList<RequestKind> kinds, int atOnce)
    {
        foreach (RequestKind kind in kinds)
        {
            foreach ((string Model, InferenceOutcome Outcome) counted in Counts(kind)) _expected[counted] = _expected.GetValueOrDefault(counted) + 1;
        }

        await Parallel.ForEachAsync(kinds, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = TestContext.Current.CancellationToken }, SendAsync);
    }

    private static IEnumerable<(string, InferenceOutcome)> Counts(RequestKind kind) => kind switch
    {
        RequestKind.Plain => [("plain", InferenceOutcome.Succeeded)],
        RequestKind.Streaming => [("streaming", InferenceOutcome.Succeeded)],
        RequestKind.AbortedByTheCaller => [("aborted", InferenceOutcome.Abandoned)],
        RequestKind.ThrowsBefore => [("throws", InferenceOutcome.Failed)],
        RequestKind.ThrowsAfterItBegan => [("throws-late", InferenceOutcome.Failed)],
        RequestKind.Degraded => [("small", InferenceOutcome.Succeeded)],
        RequestKind.Suspended => [("suspended", InferenceOutcome.Succeeded)],
        _ => [("several", InferenceOutcome.Succeeded), ("first", InferenceOutcome.Succeeded), ("second", InferenceOutcome.Failed), ("open", InferenceOutcome.Abandoned)],
    };

    private static async Task Work()
    {
        await Task.Yield();
        long start = TimeProvider.System.GetTimestamp();
        SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(start).TotalMicroseconds > 100);
    }

    private async ValueTask SendAsync(RequestKind kind, CancellationToken cancellationToken)
    {
        if (kind == RequestKind.AbortedByTheCaller)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, rig.Client.BaseAddress!.Port), cancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /{kind} HTTP/1.1\r\nHost: localhost\r\n\r\n"), cancellationToken);
            await socket.ReceiveAsync(new byte[1], cancellationToken);
            socket.LingerState = new LingerOption(true, 0);
            return;
        }

        try
        {
            using HttpResponseMessage response = await rig.Client.GetAsync($"/{kind}", cancellationToken);
        }
        catch (HttpRequestException) when (kind == RequestKind.ThrowsAfterItBegan)
        {
            // An answer that broke off.
        }
    }
}
