using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GreenAI.Metering;

/// <summary>How the requests of one endpoint are metered by one meter: what its metadata say, looked up once.</summary>
internal sealed class EndpointPlan
{
    private EndpointPlan(EnergyMeter meter, IInferenceMeteringMetadata metadata, CarbonExposure exposure, string? route)
    {
        Model = metadata.Model;
        Handle = Model is null ? default : meter.Model(Model);
        Options = metadata.Options ?? InferenceEndpointOptions.Default;
        Exposes = (exposure & ~CarbonExposure.Usage) != 0;
        Route = route;
    }

    /// <summary>The endpoint's model; null: the handler begins its inferences itself.</summary>
    public string? Model { get; }

    public ModelHandle Handle { get; }

    public InferenceEndpointOptions Options { get; }

    /// <summary>Whether responses tell what the request has cost, beside what the handler writes itself.</summary>
    public bool Exposes { get; }

    /// <summary>The route's pattern; null: the endpoint has none.</summary>
    public string? Route { get; }

    /// <summary>The plan of an endpoint; null: it is not marked.</summary>
    public static EndpointPlan? Of(Endpoint endpoint, EnergyMeter meter) =>
        endpoint.Metadata.GetMetadata<IInferenceMeteringMetadata>() is { } metadata
            ? new EndpointPlan(meter, metadata, CarbonExposer.Of(endpoint), (endpoint as RouteEndpoint)?.RoutePattern.RawText)
            : null;
}
