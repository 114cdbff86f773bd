using GreenAI.Metering;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds request metering to an application.</summary>
public static class InferenceMeteringApplicationBuilderExtensions
{
    // What UseRouting leaves behind for UseEndpoints.
    private const string RoutingKey = "__EndpointRouteBuilder";

    /// <summary>
    /// Meters and admits the requests of the endpoints that are marked by <c>WithInferenceMetering</c> or <see cref="InferenceMeteringAttribute"/>: from here to
    /// the last byte of the response.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <remarks>
    /// After <c>UseRouting</c>, where that is called; after authentication and authorization, so that refused callers are no inferences and tenants can come from
    /// claims; after output caching, so that answers from the cache are none either. Called twice, or for a request that another middleware runs a second time, it
    /// meters once; of several runs of the same endpoint, one after the other, the last one's outcome counts.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// Metering is not registered: <c>AddGreenAIMetering</c> is missing. Or, when the pipeline is built, <c>UseRouting</c> comes after it, so that no request would be metered or admitted.
    /// </exception>
    public static IApplicationBuilder UseInferenceMetering(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<EnergyMeter>() is null)
            throw new InvalidOperationException("Metering is not registered: call services.AddGreenAIMetering() before UseInferenceMetering().");
        if (app.ApplicationServices.GetService<PipelineCheck>() is { } check) check.IsMetered = true;
        var metering = RequestMetering.From(app.ApplicationServices);
        bool isRouted = IsRouted(app);
        return app.Use(next =>
        {
            // Built when all of the pipeline is known. Without an explicit UseRouting the host puts it first.
            if (!isRouted && IsRouted(app))
                throw new InvalidOperationException("UseInferenceMetering() stands before UseRouting(), where no endpoint is chosen yet and nothing would be metered or admitted: call it after UseRouting().");
            return new InferenceMeteringMiddleware(next, metering).InvokeAsync;
        });
    }

    private static bool IsRouted(IApplicationBuilder app) => app.Properties.ContainsKey(RoutingKey);
}
