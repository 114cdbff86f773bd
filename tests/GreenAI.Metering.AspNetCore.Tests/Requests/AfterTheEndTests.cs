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
}
