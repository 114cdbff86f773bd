using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class FeatureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feature_DuringTheRequest_TellsItsModelAndSoFar()
    {
        (string? Model, bool Degraded, Verdict Verdict, string? Tenant, long Units, InferenceOutcome? Outcome, FootprintStage Stage) seen = default;
        await using WebRig rig = await StartAsync("/", context =>
        {
            IInferenceFeature feature = context.Features.Get<IInferenceFeature>()!;
            seen = (feature.Model, feature.IsDegraded, feature.Admission.Verdict, feature.Tenant, feature.Units, feature.Outcome, feature.Footprint.Stage);
            return Task.CompletedTask;
        });
        await rig.Client.GetAsync("/", Token);
        await rig.SettledAsync(1);
        Assert.Equal(("m", false, Verdict.Allow, null, 1, null, FootprintStage.Provisional), seen);
    }

    [Fact]
    public async Task GetInference_OfAnEndpointThatIsNotMarked_IsNull()
    {
        bool isNull = false;
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/", (HttpContext context) => isNull = context.GetInference() is null);
        });
        await rig.Client.GetAsync("/", Token);
        Assert.True(isNull);
    }

    [Fact]
    public async Task StaleFeature_ThatWasUsedOrAskedFor_DoesNotReachTheNextRequest()
    {
        var seen = new List<IInferenceFeature>();
        await using WebRig rig = await StartAsync("/", context =>
        {
            IInferenceFeature current = context.GetInference()!;
            foreach (IInferenceFeature stale in seen)
            {
                stale.Units = 1000;
                stale.Outcome = InferenceOutcome.Failed;
                Assert.Equal(FootprintStage.None, stale.Footprint.Stage);
                Assert.False(stale.Begin("stale").Scope.IsTracked);
                Assert.False(stale.Scope.IsTracked);
                Assert.Null(stale.Model);
            }

            seen.Add(current);
            return Task.CompletedTask;
        });
        for (int i = 1; i <= 5; i++)
        {
            await rig.Client.GetAsync("/", Token);
            await rig.SettledAsync(i);
        }

        EnergyTotals totals = await rig.SettledAsync(5);
        Assert.Equal(((5, 0, 0), 5), (totals.Outcomes("m"), totals.Models.Single(model => model.Name == "m").WorkUnits));
        Assert.Equal(5, seen.Distinct().Count());
    }

    [Fact]
    public async Task Begin_WhileItRuns_TheRequestsOwnInferenceWaits()
    {
        TimeSpan own = default, nested = default, after = default;
        await using WebRig rig = await StartAsync("/", context =>
        {
            IInferenceFeature feature = context.GetInference()!;
            RequestInference first = feature.Begin("a");
            RequestInference second = feature.Begin("b");
            own = feature.Scope.Peek().ActiveTime;
            SpinWait.SpinUntil(() => second.Scope.Peek().ActiveTime > TimeSpan.FromMilliseconds(2));
            nested = first.Complete(units: 7).ActiveTime;
            Assert.Equal(own, feature.Scope.Peek().ActiveTime);
            Assert.Equal(FootprintStage.None, first.Complete().Stage);
            second.Fail();
            SpinWait.SpinUntil(() => feature.Scope.Peek().ActiveTime > own);
            after = feature.Scope.Peek().ActiveTime;
            Assert.True(feature.Footprint.ActiveTime > after + nested);
            feature.Begin("left open");
            return Task.CompletedTask;
        });
        using HttpResponseMessage response = await rig.Client.GetAsync("/", Token);
        response.EnsureSuccessStatusCode();
        EnergyTotals totals = await rig.SettledAsync(4);
        Assert.Equal([(1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)], new[] { "m", "a", "b", "left open" }.Select(totals.Outcomes));
        Assert.Equal(7, totals.Models.Single(model => model.Name == "a").WorkUnits);
        Assert.True(after > own && nested >= TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public async Task Begin_OfAnInferenceThatWaitsAlready_DoesNotResumeIt()
    {
        TimeSpan before = default, after = default;
        await using WebRig rig = await StartAsync("/", context =>
        {
            IInferenceFeature feature = context.GetInference()!;
            feature.Scope.Suspend();
            before = feature.Scope.Peek().ActiveTime;
            feature.Begin("a").Complete();
            after = feature.Scope.Peek().ActiveTime;
            return Task.CompletedTask;
        });
        await rig.Client.GetAsync("/", Token);
        await rig.SettledAsync(2);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task EndpointWithoutAModel_CountsWhatItsHandlerBegins()
    {
        (string? Model, bool IsTracked, FootprintStage Stage) seen = ("", true, FootprintStage.Final);
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/", (HttpContext context) =>
            {
                IInferenceFeature feature = context.GetInference()!;
                seen = (feature.Model, feature.Scope.IsTracked, feature.Footprint.Stage);
                using RequestInference inference = feature.Begin("a");
                inference.Complete();
                using RequestInference other = feature.Begin("b");
            }).WithInferenceMetering();
        });
        await rig.Client.GetAsync("/", Token);
        EnergyTotals totals = await rig.SettledAsync(2);
        Assert.Equal((null, false, FootprintStage.None), seen);
        Assert.Equal(((1, 0, 0), (0, 0, 1)), (totals.Outcomes("a"), totals.Outcomes("b")));
    }

    private static Task<WebRig> StartAsync(string path, RequestDelegate handler) => WebRig.StartAsync(app =>
    {
        app.UseInferenceMetering();
        app.MapGet(path, handler).WithInferenceMetering("m");
    });
}
