using System.Runtime.CompilerServices;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>What asks a request for its inference when that has ended already: callbacks that were there before the metering run after it.</summary>
public sealed class AfterTheEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feature_AskedForOnlyAfterTheEnd_IsNotThatOfTheNextRequest()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var looked = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.Use(next => context =>
            {
                if (context.Request.Path == "/first")
                {
                    context.Response.OnCompleted(async () =>
                    {
                        ended.SetResult();
                        await running.Task;
                        IInferenceFeature? feature = context.GetInference();
                        if (feature is not null) feature.Units = 1000;
                        looked.SetResult(feature?.Model);
                    });
                }

                return next(context);
            });
            app.UseRouting();
            app.UseInferenceMetering();
            app.MapGet("/first", () => "1").WithInferenceMetering("first");
            app.MapGet("/second", async () =>
            {
                running.SetResult();
                await looked.Task;
            }).WithInferenceMetering("second");
        });
        await rig.Client.GetAsync("/first", Token);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        // By another connection: that of the first is not free until its callbacks are done.
        using var other = new HttpClient { BaseAddress = rig.Client.BaseAddress };
        await other.GetAsync("/second", Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.Null(await looked.Task);
        EnergyTotals totals = await rig.SettledAsync(2);
        Assert.Equal(1, totals.Models.Single(model => model.Name == "second").WorkUnits);
    }

    [Fact]
    public async Task Feature_KeptBeyondTheEnd_ReachesNoOtherApplication()
    {
        IInferenceFeature? kept = null;
        await using WebRig first = await StartAsync("first", feature => kept = feature);
        await first.Client.GetAsync("/", Token);
        await first.SettledAsync(1);
        Assert.Throws<ArgumentException>(() => kept!.Begin(""));
        Assert.Throws<ArgumentException>(() => kept!.TryAdmit("(overflow)"));
        string?[] seen = [];
        await using WebRig second = await StartAsync("second", feature =>
        {
            kept!.Units = 1000;
            kept.TryAdmit("stray").Dispose();
            seen = [kept.Model, feature.Model, kept.Begin("stray").Scope.IsTracked ? "stray" : null];
        });
        for (int i = 1; i <= 20; i++)
        {
            // The requests that are kept serve both.
            await first.Client.GetAsync("/", Token);
            await second.Client.GetAsync("/", Token);
            await first.SettledAsync(1 + i);
            EnergyTotals totals = await second.SettledAsync(i);
            Assert.Equal([null, "second", null], seen);
            ModelTotals model = Assert.Single(totals.Models);
            Assert.Equal(("second", i), (model.Name, model.WorkUnits));
        }
    }

    [Fact]
    public async Task Application_ThatIsGone_IsHeldByNoRequestThatIsKept()
    {
        WeakReference meter = await ServeAndStopAsync();
        for (int i = 0; i < 100 && meter.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(50, Token);
        }

        Assert.False(meter.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ServeAndStopAsync()
    {
        await using WebRig rig = await StartAsync("gone", static _ => { });
        for (int i = 0; i < 20; i++) await rig.Client.GetAsync("/", Token);
        await rig.SettledAsync(20);
        return new WeakReference(rig.Meter);
    }

    private static Task<WebRig> StartAsync(string model, Action<IInferenceFeature> handle) => WebRig.StartAsync(app =>
    {
        app.UseInferenceMetering();
        app.MapGet("/", (HttpContext context) => handle(context.GetInference()!)).WithInferenceMetering(model);
    });
}
