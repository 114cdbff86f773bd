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
    public static Endpoint? Endpoint(IFeatureCollection features) => ((IEndpointFeature?)features[typeof(IEndpointFeature)])?.Endpoint;

    /// <summary>The metering of the request; null: none yet, or the application's own.</summary>
    public static InferenceFeature? Inference(IFeatureCollection features) => features[typeof(IInferenceFeature)] as InferenceFeature;

    public static void SetInference(IFeatureCollection features, IInferenceFeature feature) => features[typeof(IInferenceFeature)] = feature;

    public static IHttpResponseFeature Response(IFeatureCollection features) =>
        (IHttpResponseFeature?)features[typeof(IHttpResponseFeature)] ?? throw new InvalidOperationException($"The server gives no {nameof(IHttpResponseFeature)}: what a request costs is known when its response is complete.");

    public static CancellationToken Aborted(IFeatureCollection features) => ((IHttpRequestLifetimeFeature?)features[typeof(IHttpRequestLifetimeFeature)])?.RequestAborted ?? default;
}
