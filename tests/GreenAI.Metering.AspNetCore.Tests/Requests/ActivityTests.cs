using System.Collections.Concurrent;
using System.Diagnostics;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class ActivityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Span_ThatIsRecorded_HasTheProvisionalFigures()
    {
        using var spans = new SpanListener();
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.Use(spans.Note);
            app.UseInferenceMetering();
            app.MapGet("/spans", (HttpContext context) =>
            {
                Activity.Current!.SetTag("gen_ai.request.model", "mine");
                SpinWait.SpinUntil(() => context.GetInference()!.Scope.Peek().ActiveTime > TimeSpan.FromMilliseconds(2));
            }).WithInferenceMetering("m");
        });
        Activity first = await spans.SpanOfAsync(rig, "/spans", 1);
        // Nothing is learned yet: there is a reason, and no number.
        Assert.Null(first.GetTagItem("greenai.energy_j"));
        Assert.Null(first.GetTagItem("greenai.emissions_g"));
        Assert.Equal(("NotLearned", "Unavailable"), (first.GetTagItem("greenai.reason"), first.GetTagItem("greenai.tier")));
        Activity second = await spans.SpanOfAsync(rig, "/spans", 2);
        Assert.Equal("m", second.GetTagItem("greenai.model"));
        Assert.Equal(true, second.GetTagItem("greenai.provisional"));
        Assert.Equal("learned-power", second.GetTagItem("greenai.method"));
        Assert.Equal("Modelled", second.GetTagItem("greenai.tier"));
        Assert.Equal("location", second.GetTagItem("greenai.basis"));
        Assert.Null(second.GetTagItem("greenai.reason"));
        double joules = Assert.IsType<double>(second.GetTagItem("greenai.energy_j"));
        Assert.InRange(joules, 0.001, 100);
        Assert.Equal(joules * 400 / 3.6e6, Assert.IsType<double>(second.GetTagItem("greenai.emissions_g")), joules * 1e-6);
        Assert.Equal("mine", second.GetTagItem("gen_ai.request.model"));
    }

    [Fact]
    public async Task Span_OfARefusedRequest_SaysWhichBudget()
    {
        using var spans = new SpanListener();
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.Use(spans.Note);
                app.UseInferenceMetering();
                app.MapGet("/refused", () => "").WithInferenceMetering("m", options => options.Estimate = Energy.FromJoules(10));
            },
            policy: Policies.Joules(1, Policies.Deny()));
        Activity span = await spans.SpanOfAsync(rig, "/refused", 0);
        Assert.Equal(("Deny", "joules"), (span.GetTagItem("greenai.verdict"), span.GetTagItem("greenai.budget")));
        Assert.Null(span.GetTagItem("greenai.energy_j"));
    }

    [Fact]
    public async Task Spans_AreMadeOfTheSourceThatIsAskedForListeners()
    {
        await using WebRig rig = await WebRig.StartAsync(static _ => { });
        Assert.Equal("Microsoft.AspNetCore", RequestMetering.From(rig.App.Services).Spans!.Name);
    }

    [Fact]
    public void Spans_WithoutASource_AreRecordedByWhoListensToNone()
    {
        using var source = new ActivitySource($"spans-{Guid.NewGuid()}");
        using var listener = new ActivityListener { ShouldListenTo = static other => other.Name.Length == 0 };
        Assert.False(RequestActivity.IsRecorded(source));
        ActivitySource.AddActivityListener(listener);
        Assert.True(RequestActivity.IsRecorded(source));
    }

    [Fact]
    public void Spans_OfAHostThatDoesNotSay_AreLookedForAroundTheRequest()
    {
        using var source = new ActivitySource($"spans-{Guid.NewGuid()}");
        using var listener = new ActivityListener
        {
            ShouldListenTo = other => other == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        using Activity forLogs = new Activity("logs").Start();
        Assert.False(RequestActivity.IsRecorded(null));
        ActivitySource.AddActivityListener(listener);
        using Activity span = source.StartActivity("span")!;
        using Activity within = new Activity("within").Start();
        Assert.True(RequestActivity.IsRecorded(null));
    }

    private sealed class SpanListener : IDisposable
    {
        private readonly ActivityListener _listener;
        private readonly ConcurrentQueue<Activity> _ended = new();
        private Activity? _current;

        public SpanListener()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>Notes which span the server has opened for the request.</summary>
        public Task Note(HttpContext context, RequestDelegate next)
        {
            _current = Activity.Current;
            return next(context);
        }

        /// <summary>The server's span of a request to a path of this test, once it has ended.</summary>
        public async Task<Activity> SpanOfAsync(WebRig rig, string path, int inferences)
        {
            using HttpResponseMessage response = await rig.Client.GetAsync(path, Token);
            await rig.SettledAsync(inferences);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            Activity span = _current!;
            while (!_ended.Contains(span))
            {
                limit.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            return span;
        }

        public void Dispose() => _listener.Dispose();
    }
}
