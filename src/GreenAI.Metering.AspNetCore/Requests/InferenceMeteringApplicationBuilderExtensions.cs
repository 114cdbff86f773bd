using GreenAI.Metering;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds request metering to an application.</summary>
public static class InferenceMeteringApplicationBuilderExtensions
{
    /// <summary>
    /// Meters and admits the requests of the endpoints that are marked by <c>WithInferenceMetering</c> or <see cref="InferenceMeteringAttribute"/>.
    /// After <c>UseRouting</c>, where that is called; after authentication, where tenants come from claims.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException">Metering is not registered: <c>AddGreenAIMetering</c> is missing.</exception>
    public static IApplicationBuilder UseInferenceMetering(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<InferenceMeteringMiddleware>();
    }
}
