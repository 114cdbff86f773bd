using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>One request that goes on and on, such as a stream of gRPC or a WebSocket, whose caller decides how many inferences it has.</summary>
public sealed class LongRequestTests
{
    private const int Messages = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inferences_ThatEndedOneAfterAnother_AreNotKept_AndStillCounted()
    {
        long grown = 0, units = 0, stale = -1;
        await using WebRig rig = await StartAsync(feature =>
        {
            RequestInference first = feature.Begin("a");
            first.Complete();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 1; i < Messages; i++) feature.Begin("a").Complete();
            grown = GC.GetAllocatedBytesForCurrentThread() - before;
            using RequestInference last = feature.Begin("a");
            // A copy of one that ended does not end another that has taken its place.
            stale = first.Complete().Units;
            units = feature.Footprint.Units;
        });
        // The meter has the slots for that many inferences until their bills are final; they are kept, and not what is measured here.
        for (int i = 0; i < Messages + 2; i++) rig.Meter.Begin("warm").Complete();
        await rig.SettledAsync(Messages + 2);
        await rig.Client.GetAsync("/", Token);
        EnergyTotals totals = await rig.SettledAsync(2 * (Messages + 2));
        Assert.Equal((Messages, 0, 1), totals.Outcomes("a"));
        Assert.Equal((Messages, 0), (units, stale));
        Assert.True(grown < 4096, $"{grown} B");
    }

    [Fact]
    public async Task Inferences_ThatOverlap_AreEachEndedOnce()
    {
        long units = 0;
        await using WebRig rig = await StartAsync(feature =>
        {
            var open = new Queue<RequestInference>();
            for (int i = 0; i < 100; i++)
            {
                open.Enqueue(feature.Begin("a"));
                if (open.Count > 3) open.Dequeue().Complete(units: 2);
            }

            open.Dequeue().Fail();
            units = feature.Footprint.Units;
        });
        await rig.Client.GetAsync("/", Token);
        EnergyTotals totals = await rig.SettledAsync(101);
        Assert.Equal(((97, 1, 2), 194), (totals.Outcomes("a"), units));
    }

    [Fact]
    public async Task Inferences_OfManyThreads_AreEachEndedOnce()
    {
        await using WebRig rig = await StartAsync(feature => Parallel.For(0, 2000, _ =>
        {
            RequestInference inference = feature.Begin("a");
            inference.Complete();
            inference.Dispose();
        }));
        await rig.Client.GetAsync("/", Token);
        Assert.Equal((2000, 0, 0), (await rig.SettledAsync(2001)).Outcomes("a"));
    }

    private static Task<WebRig> StartAsync(Action<IInferenceFeature> handler) => WebRig.StartAsync(app =>
    {
        app.UseInferenceMetering();
        app.MapGet("/", (HttpContext context) => handler(context.GetInference()!)).WithInferenceMetering("m");
    });
}
