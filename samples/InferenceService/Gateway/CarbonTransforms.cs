using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>
/// Takes what a backend tells of a request's carbon, keeps it for the gateway's own books, and tells the caller the mean of the model instead:
/// a single request's figure is a side channel, a mean of many is not.
/// </summary>
internal sealed class CarbonTransforms(ModelCarbon carbon) : ITransformProvider
{
    /// <summary>In a route's metadata: which model its requests run.</summary>
    public const string ModelKey = "GreenAI.Model";

    public void ValidateRoute(TransformRouteValidationContext context)
    {
        if (context.Route.Metadata?.TryGetValue(ModelKey, out string? model) == true && string.IsNullOrWhiteSpace(model))
            context.Errors.Add(new ArgumentException($"Route {context.Route.RouteId}: {ModelKey} is empty; name the model, or leave it out."));
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        // Whoever calls from outside has no say in what a request has cost.
        foreach (string name in CarbonHeaders.All) context.AddRequestHeaderRemove(name);
        string? model = context.Route.Metadata?.GetValueOrDefault(ModelKey);
        context.ResponseTransforms.Add(new CarbonResponseTransform(carbon, model));
        context.ResponseTrailersTransforms.Add(new CarbonTrailersTransform(carbon, model));
    }
}
