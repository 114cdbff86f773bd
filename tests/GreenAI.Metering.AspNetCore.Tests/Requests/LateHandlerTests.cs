using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>A handler that blocks beyond the end of its request, which a middleware before it has answered: what is kept of the request serves the next one by then.</summary>
public sealed class LateHandlerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_ThatFailsWhenItsRequestIsOver_FailsNoOther(bool throws)
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/", () => "").WithInferenceMetering("m");
        });
        RequestMetering metering = RequestMetering.From(rig.App.Services);
        EndpointPlan plan = EndpointPlan.Of(((IEndpointRouteBuilder)rig.App).DataSources.First().Endpoints[0], rig.Meter)!;
        MeteredRequest? first = null, reused = null;
        // Alone on a thread, whose request is nobody else's.
        var thread = new Thread(() =>
        {
            first = MeteredRequestPool.Instance.Get();
            HttpContext context = Start(first);
            try
            {
                _ = first.Run(LateAsync, context, context.Features);
            }
            catch (InvalidOperationException) when (throws)
            {
                // As the middleware before would not see it.
            }

            reused!.End();

            Task LateAsync(HttpContext _)
            {
                first.End();
                reused = MeteredRequestPool.Instance.Get();
                Start(reused);
                var error = new InvalidOperationException();
                return throws ? throw error : Task.FromException(error);
            }

            HttpContext Start(MeteredRequest request)
            {
                var context = new DefaultHttpContext();
                request.Start(metering, context, context.Features, context.Features.GetRequiredFeature<IHttpResponseFeature>(), plan, default, default);
                return context;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Same(first, reused);
        EnergyTotals totals = await rig.SettledAsync(2);
        Assert.Equal((2, 0, 0), totals.Outcomes("m"));
    }
}
