using GreenAI.Metering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets ASP.NET Core's rate limiting ask the budgets.</summary>
public static class InferenceRateLimitingBuilderExtensions
{
    /// <summary>
    /// Lets <c>UseRateLimiter()</c>, which the host calls after <c>UseRouting()</c> and before <c>UseInferenceMetering()</c>, ask the budgets of every metered endpoint, after the host's own global
    /// limiter. A request is asked about once: its metering takes the answer over, with what was reserved.
    /// </summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// What budgets refuse is answered as <c>UseInferenceMetering()</c> answers it, with problem details; what other limiters refuse goes to the host's <c>OnRejected</c>. Not needed for admission as such, which
    /// <c>UseInferenceMetering()</c> does alone: it is for hosts that have one place for all that limits. Endpoints with <c>DisableRateLimiting()</c> are still admitted there.
    /// </remarks>
    public static IGreenAIMeteringBuilder AddRateLimiting(this IGreenAIMeteringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddRateLimiter(static _ => { });
        builder.Services.TryAddSingleton<RequestLimiting>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RateLimiterOptions>, RequestLimiting>(static services => services.GetRequiredService<RequestLimiting>()));
        return builder;
    }
}
