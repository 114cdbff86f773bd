using System.Diagnostics.Metrics;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>
/// What metering adds to what a request allocates: the same handler behind a marked and an unmarked endpoint of one server on loopback, all threads of the
/// process counted, over connections that are kept alive.
/// </summary>
[Collection(nameof(AloneTests))]
public sealed class RequestAllocationTests
{
    private const int Requests = 2000;
    private const int Rounds = 6;
    private static readonly byte[] _body = "ok"u8.ToArray();

    [Fact]
    public async Task Metering_OfAPlainRequest_AddsNothing()
    {
        await using WebRig rig = await StartAsync();
        Assert.Equal(0, Added(rig, "/metered"));
    }

    [Fact]
    public async Task Metering_OfAHandlerThatAwaits_AddsNothing()
    {
        await using WebRig rig = await StartAsync();
        Assert.Equal(0, Added(rig, "/metered-late", "/late"));
    }

    [Fact]
    public async Task Admission_WithAReservationAndMetrics_AddsNothing()
    {
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        listener.Start();
        await using WebRig rig = await StartAsync(Policies.Joules(1e9, Policies.Deny()));
        Assert.Equal(0, Added(rig, "/metered"));
        EnergyTotals totals = await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.True(rig.Meter.Budgets.Status().Single().Spent > 0);
        Assert.Equal(0, totals.Unaccounted.Microjoules);
    }

    // What the measurement would miss if it measured nothing: the one object of a handler that asks for the feature.
    [Fact]
    public async Task Feature_ThatIsAskedFor_CostsOneSmallObject_AndTheMeasurementSeesIt()
    {
        await using WebRig rig = await StartAsync();
        Assert.InRange(Added(rig, "/asked"), 32, 64);
    }

    // Bytes a request, rounded down. What the sampler and the runtime allocate now and then comes on top, never off: the quietest round of each is nearest.
    private static long Added(WebRig rig, string metered, string plain = "/plain")
    {
        int port = rig.Client.BaseAddress!.Port;
        using var one = new RawClient(port, metered);
        using var other = new RawClient(port, plain);
        one.Ask(Requests);
        other.Ask(Requests);
        long with = long.MaxValue, without = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            with = Math.Min(with, Measure(one));
            without = Math.Min(without, Measure(other));
        }

        return Math.Max(0, with - without) / Requests;
    }

    private static long Measure(RawClient client)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        client.Ask(Requests);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static Task<WebRig> StartAsync(BudgetPolicy? policy = null) => WebRig.StartAsync(
        app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/plain", Answer);
            app.MapGet("/metered", Answer).WithInferenceMetering("m");
            app.MapGet("/late", AnswerLate);
            app.MapGet("/metered-late", AnswerLate).WithInferenceMetering("m");
            app.MapGet("/asked", context =>
            {
                context.GetInference()!.Units = 2;
                return Answer(context);
            }).WithInferenceMetering("m");
        },
        services: (_, metering) =>
        {
            if (policy is not null) metering.AddRequestMetrics();
        },
        policy: policy);

    private static Task Answer(HttpContext context)
    {
        context.Response.ContentLength = _body.Length;
        return context.Response.BodyWriter.WriteAsync(_body).IsCompletedSuccessfully ? Task.CompletedTask : throw new InvalidOperationException("Two bytes do not wait.");
    }

    private static async Task AnswerLate(HttpContext context)
    {
        await Task.Yield();
        await Answer(context);
    }
}
