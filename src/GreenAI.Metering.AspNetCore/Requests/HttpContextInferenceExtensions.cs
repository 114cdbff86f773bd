using GreenAI.Metering;

namespace Microsoft.AspNetCore.Http;

/// <summary>The metering of the current request.</summary>
public static class HttpContextInferenceExtensions
{
    /// <summary>The metering of the request: its model, its work units, what it has cost so far.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Null where the endpoint is not marked, the request has ended already, or <c>UseInferenceMetering</c> is not in the pipeline.</returns>
    /// <remarks>A request that asks for it allocates some 40 bytes; one that does not allocates none.</remarks>
    public static IInferenceFeature? GetInference(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IInferenceFeature? feature = context.Features.Get<IInferenceFeature>();
        return feature is InferenceFeature own ? own.UseIn(context) : feature;
    }
}
