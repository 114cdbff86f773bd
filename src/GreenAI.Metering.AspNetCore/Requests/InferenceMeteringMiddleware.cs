using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering;

/// <summary>Meters and admits the requests of marked endpoints.</summary>
internal sealed class InferenceMeteringMiddleware(RequestDelegate next, RequestMetering metering)
{
    private readonly RequestAdmission _admission = new(metering);
    private readonly RequestDelegate _exposing = new CarbonExposer(next).InvokeAsync;

    public Task InvokeAsync(HttpContext context)
    {
        IFeatureCollection features = context.Features;
        if (RequestFeatures.Endpoint(features) is not { } endpoint || metering.Plans.Of(endpoint) is not { } plan) return next(context);
        metering.Meter.Prepare();
        // An error page, a status page or a second attempt, run for the same request; or a second UseInferenceMetering.
        if (RequestFeatures.Inference(features) is { IsLive: true } earlier) return earlier.RunAgain(next, context, plan);
        TenantHandle tenant = default;
        if (metering.Tenants is { } tenants && plan.Options.UsesTenant && !tenants.TryFind(context, out tenant)) return Refusal.WriteUnknownTenantAsync(context);
        Admission admission = plan.Model is null || !metering.HasPolicy ? default
            : metering.IsLimited && features.Get<RequestPermit>() is { } permit && permit.TryTake(endpoint, tenant, out Admission given) ? given
            : _admission.Ask(context, plan, tenant);
        return admission.MayRun ? Run(context, plan, tenant, admission) : RefuseAsync(context, plan, tenant, admission);
    }

    private Task Run(HttpContext context, EndpointPlan plan, TenantHandle tenant, in Admission admission)
    {
        IFeatureCollection features = context.Features;
        IHttpResponseFeature response = RequestFeatures.Response(features);
        MeteredRequest request = MeteredRequestPool.Instance.Get();
        try
        {
            request.Start(metering, context, features, response, plan, tenant, admission);
        }
        catch (Exception)
        {
            request.Abandon();
            throw;
        }

        Task handler = request.Run(plan.Exposes ? _exposing : next, context, features);
        // A context that no server stands behind never says that its response is complete.
        return response is HttpResponseFeature ? EndAsync(request, handler) : handler;
    }

    private static async Task EndAsync(MeteredRequest request, Task handler)
    {
        await handler.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        request.End();
        await handler.ConfigureAwait(false);
    }

    private async Task RefuseAsync(HttpContext context, EndpointPlan plan, TenantHandle tenant, Admission admission)
    {
        if (admission.Verdict == Verdict.Delay && plan.Options.WaitsForDelay) admission = await _admission.WaitAsync(context, plan, tenant, admission).ConfigureAwait(false);
        await (admission.MayRun ? Run(context, plan, tenant, admission) : Refusal.WriteAsync(context, admission, metering.Options)).ConfigureAwait(false);
    }
}
