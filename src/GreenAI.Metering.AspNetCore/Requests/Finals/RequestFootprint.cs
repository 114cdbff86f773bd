using System.Diagnostics;

namespace GreenAI.Metering;

/// <summary>What an inference of a request has cost, and which request that was.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly struct RequestFootprint
{
    internal RequestFootprint(in InferenceFootprint footprint, string? route, TenantHandle tenant, ActivityTraceId traceId, ActivitySpanId spanId)
    {
        Footprint = footprint;
        Route = route;
        Tenant = tenant == default ? null : tenant.Name;
        TraceId = traceId;
        SpanId = spanId;
    }

    /// <summary>The bill.</summary>
    public InferenceFootprint Footprint { get; }

    /// <summary>The model that ran.</summary>
    public string Model => Footprint.Model.Name;

    /// <summary>The pattern of the route, such as <c>/predict/{id}</c>: never the address that was called. Null where the endpoint has none.</summary>
    public string? Route { get; }

    /// <summary>On whose account it ran; null: nobody's in particular.</summary>
    public string? Tenant { get; }

    /// <summary>The request's trace; <c>default</c> where it had none.</summary>
    public ActivityTraceId TraceId { get; }

    /// <summary>The server's span of the request; <c>default</c> where it had none.</summary>
    public ActivitySpanId SpanId { get; }
}
