using System.Collections.Concurrent;
using System.Diagnostics;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class RequestFinalsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Observer_IsToldTheBill_WithRouteTenantAndTrace()
    {
        ActivityTraceId trace = default;
        ActivitySpanId span = default;
        using ActivityListener spans = Listen();
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/predict/{id}", (HttpContext context, int id) =>
                {
                    (trace, span) = (Activity.Current!.TraceId, Activity.Current.SpanId);
                    context.GetInference()!.Begin("inner").Complete();
                    return id;
                }).WithInferenceMetering("m");
            },
            services: (services, metering) => metering.AddRequestObserver<Kept>().AddRequestObserver<Thrower>().AddAspNetCore(options =>
            {
                options.Requests.Tenants.Header = "X-Tenant";
                options.Requests.Tenants.Allowed = ["acme"];
            }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/predict/7?secret=1");
        request.Headers.Add("X-Tenant", "acme");
        await rig.Client.SendAsync(request, Token);
        await rig.SettledAsync(2);
        // By hand, of no request.
        rig.Meter.Begin("m").Complete();
        await rig.SettledAsync(3);
        Kept kept = rig.App.Services.GetServices<IRequestObserver>().OfType<Kept>().Single();
        await rig.Meter.DisposeAsync();
        Assert.Equal(["inner", "m"], kept.All.Select(told => told.Model).Order());
        foreach (RequestFootprint told in kept.All)
        {
            Assert.Equal(("/predict/{id}", "acme", trace, span, FootprintStage.Final), (told.Route, told.Tenant, told.TraceId, told.SpanId, told.Footprint.Stage));
        }
    }

    [Fact]
    public async Task Metrics_AreByModelAndRoute_NeverByAddress()
    {
        using var labels = new LabelListener();
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/predict/{id}", (HttpContext context, int id) =>
                    SpinWait.SpinUntil(() => context.GetInference()!.Scope.Peek().ActiveTime > TimeSpan.FromMilliseconds(1))).WithInferenceMetering("m");
            },
            services: (_, metering) => metering.AddRequestMetrics());
        for (int i = 1; i <= 20; i++)
        {
            await rig.Client.GetAsync($"/predict/{i}?q={i}", Token);
            await rig.SettledAsync(i);
        }

        await rig.Meter.DisposeAsync();
        IReadOnlyDictionary<string, double> rows = labels.Rows(rig.App.Services);
        Assert.Equal(
            ["greenai.request.emissions{greenai.model=m,http.route=/predict/{id}}", "greenai.request.energy{greenai.model=m,http.route=/predict/{id}}", "greenai.request.overflow{}"],
            rows.Keys.Where(row => row.StartsWith("greenai.request.", StringComparison.Ordinal)).Order());
        double joules = rows["greenai.request.energy{greenai.model=m,http.route=/predict/{id}}"];
        Assert.InRange(joules, 1e-4, 10);
        Assert.Equal(joules * 400 / 3.6e6, rows["greenai.request.emissions{greenai.model=m,http.route=/predict/{id}}"], joules * 1e-9);
    }

    [Fact]
    public void Table_KeepsAndGives_AndWhenFullTheOldestGivesWay()
    {
        var pending = new PendingRequests(64);
        for (long id = 1; id <= 10_000; id++) pending.Add(id, null!, default, default, default);
        Assert.True(pending.Overflow >= 10_000 - 64);
        int found = 0;
        for (long id = 1; id <= 10_000; id++) found += pending.TryTake(id, out _) ? 1 : 0;
        Assert.Equal(10_000 - pending.Overflow, found);
        Assert.True(pending.TryTake(10_000, out _) is false);
        pending.Add(7, null!, default, default, default);
        Assert.True(pending.TryTake(7, out PendingRequest taken));
        Assert.Equal(-1, taken.Id);
        Assert.False(pending.TryTake(7, out _));
    }

    [Fact]
    public void Table_ManyThreads_LosesOnlyWhatItCounts()
    {
        var pending = new PendingRequests(1024);
        long taken = 0, next = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                long id = Interlocked.Increment(ref next);
                pending.Add(id, null!, default, default, default);
                if (pending.TryTake(id, out PendingRequest _)) Interlocked.Increment(ref taken);
            }
        });
        Assert.InRange(taken, 400_000 - pending.Overflow, 400_000);
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class Kept : IRequestObserver
    {
        public ConcurrentQueue<RequestFootprint> All { get; } = new();

        public void OnFinal(in RequestFootprint footprint) => All.Enqueue(footprint);
    }

    private sealed class Thrower : IRequestObserver
    {
        public void OnFinal(in RequestFootprint footprint) => throw new InvalidDataException("on purpose");
    }
}
