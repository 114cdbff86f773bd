using System.Diagnostics;

namespace GreenAI.Metering;

/// <summary>Which request an inference belongs to whose bill is not final yet.</summary>
internal struct PendingRequest
{
    /// <summary>The number of the scope; 0: free; −1: somebody writes or reads it.</summary>
    public long Id;

    /// <summary>When it was written, as a number that grows.</summary>
    public long Stamp;

    public EndpointPlan? Plan;
    public TenantHandle Tenant;
    public ActivityTraceId TraceId;
    public ActivitySpanId SpanId;
}
