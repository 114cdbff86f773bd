using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>The plans of endpoints, made at the first request of each and gone with the endpoint (the latest stays). Thread-safe.</summary>
internal sealed class EndpointPlans
{
    private readonly ConditionalWeakTable<Endpoint, Entry> _entries = [];
    private readonly ConditionalWeakTable<Endpoint, Entry>.CreateValueCallback _create;

    // Most services have one endpoint that counts: its next request does not search.
    private volatile Entry? _last;

    public EndpointPlans(EnergyMeter meter) => _create = endpoint => new Entry(endpoint, EndpointPlan.Of(endpoint, meter));

    public EndpointPlan? Of(Endpoint endpoint) => _last is { } last && ReferenceEquals(last.Endpoint, endpoint) ? last.Plan : Find(endpoint);

    private EndpointPlan? Find(Endpoint endpoint)
    {
        Entry entry = _entries.TryGetValue(endpoint, out Entry? known) ? known : _entries.GetValue(endpoint, _create);
        // An endpoint that is not marked costs little as it is, and must not push out one that is.
        if (entry.Plan is not null) _last = entry;
        return entry.Plan;
    }

    private sealed record Entry(Endpoint Endpoint, EndpointPlan? Plan);
}
