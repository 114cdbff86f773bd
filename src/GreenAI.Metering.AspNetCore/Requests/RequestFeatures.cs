using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering;

/// <summary>The features that every metered request asks for, by the collection's indexer.</summary>
/// <remarks>
/// <c>Get&lt;T&gt;</c> is a generic method of an interface, which the runtime looks up at each call: asking for a feature that is not there costs twice as much by it.
/// Elsewhere, where it is not asked for every request, it reads better.
/// </remarks>
internal static class RequestFeatures
{
    /// <summary>The metering of the request; null: none yet.</summary>
    public static IInferenceFeature? Inference(HttpContext context) => context.Features[typeof(IInferenceFeature)] as IInferenceFeature;

    public static void SetInference(HttpContext context, IInferenceFeature feature) => context.Features[typeof(IInferenceFeature)] = feature;

    public static IHttpResponseFeature Response(HttpContext context) =>
        (IHttpResponseFeature?)context.Features[typeof(IHttpResponseFeature)] ?? throw new InvalidOperationException($"The server gives no {nameof(IHttpResponseFeature)}: what a request costs is known when its response is complete.");

    public static IHttpRequestLifetimeFeature? Lifetime(HttpContext context) => (IHttpRequestLifetimeFeature?)context.Features[typeof(IHttpRequestLifetimeFeature)];
}
