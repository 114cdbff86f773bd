namespace GreenAI.Metering;

/// <summary>Reads the counter of one zone, and finds the zone again by name when a reading failed.</summary>
/// <remarks>
/// A zone may vanish (processor hotplug, module unload) and return under another directory number, while its old number
/// goes to another zone. So after any failure the old path is not trusted: the zone is looked up by name first, at most once
/// a second. Not thread-safe: one sampler reads it.
/// </remarks>
internal sealed class RaplZoneReader(RaplZone zone, TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan _searchPeriod = TimeSpan.FromSeconds(1);

    private KernelCounter _counter = new(zone.EnergyPath, timeProvider);
    private SampleFault _fault;
    private long? _lastSearch;

    /// <summary>The zone as it was last found.</summary>
    public RaplZone Zone { get; private set; } = zone;

    public bool IsHealthy => _fault == SampleFault.None;

    /// <summary>Whether the zone must be looked up before it is read, and the last search is long enough ago.</summary>
    public bool WantsSearch(long now) =>
        !IsHealthy && (_lastSearch is not { } last || timeProvider.GetElapsedTime(last, now) >= _searchPeriod);

    /// <summary>Takes the result of a search: the zone as it is now, or null when it is not there.</summary>
    public void Relocate(RaplZone? found, long now)
    {
        _lastSearch = now;
        _counter.Dispose();
        _fault = found is null ? SampleFault.Gone : SampleFault.None;
        if (found is null) return;
        Zone = found;
        _counter = new KernelCounter(found.EnergyPath, timeProvider);
    }

    /// <summary>Reads the counter; a zone that failed stays failed, at no cost, until it has been looked up.</summary>
    public SampleFault TryRead(long now, out long microjoules)
    {
        microjoules = 0;
        return IsHealthy ? _fault = _counter.TryRead(now, out microjoules) : _fault;
    }

    public void Dispose() => _counter.Dispose();
}
