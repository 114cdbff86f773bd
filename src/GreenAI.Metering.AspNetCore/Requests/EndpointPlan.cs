using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GreenAI.Metering;

/// <summary>How the requests of one endpoint are metered by one meter: what its metadata say, looked up once.</summary>
internal sealed class EndpointPlan
{
    private EndpointPlan(EnergyMeter meter, IInferenceMeteringMetadata metadata, string? route)
    {
        Model = metadata.Model;
        Handle = Model is null ? default : meter.Model(Model);
        Options = metadata.Options ?? InferenceEndpointOptions.Default;
        Route = route;
    }

    /// <summary>The endpoint's model; null: the handler begins its inferences itself.</summary>
    public string? Model { get; }

    public ModelHandle Handle { get; }

    public InferenceEndpointOptions Options { get; }

    /// <summary>The route's pattern; null: the endpoint has none.</summary>
    public string? Route { get; }

    /// <summary>The plan of an endpoint; null: it is not marked.</summary>
    public static EndpointPlan? Of(Endpoint endpoint, EnergyMeter meter) =>
        endpoint.Metadata.GetMetadata<IInferenceMeteringMetadata>() is { } metadata
            ? new EndpointPlan(meter, metadata, (endpoint as RouteEndpoint)?.RoutePattern.RawText)
            : null;
}
