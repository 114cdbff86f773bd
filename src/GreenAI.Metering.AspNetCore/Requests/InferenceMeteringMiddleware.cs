using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>Meters and admits the requests of marked endpoints.</summary>
internal sealed class InferenceMeteringMiddleware(RequestDelegate next, EnergyMeter meter)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IInferenceMeteringMetadata>()?.Model is not { } model) return next(context);
        return MeterAsync(context, meter.Model(model));
    }

    private async Task MeterAsync(HttpContext context, ModelHandle model)
    {
        using InferenceScope scope = meter.Begin(model);
        await next(context);
        scope.Complete();
    }
}
