using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>The plans of endpoints, made at the first request of each and gone with the endpoint. Thread-safe.</summary>
internal sealed class EndpointPlans
{
    private readonly ConditionalWeakTable<Endpoint, Entry> _entries = [];
    private readonly ConditionalWeakTable<Endpoint, Entry>.CreateValueCallback _create;

    public EndpointPlans(EnergyMeter meter) => _create = endpoint => new Entry(EndpointPlan.Of(endpoint, meter));

    public EndpointPlan? Of(Endpoint endpoint) =>
        (_entries.TryGetValue(endpoint, out Entry? entry) ? entry : _entries.GetValue(endpoint, _create)).Plan;

    private sealed record Entry(EndpointPlan? Plan);
}
