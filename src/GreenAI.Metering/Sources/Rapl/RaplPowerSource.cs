namespace GreenAI.Metering;

/// <summary>Reads the RAPL energy counters of packages and memory through the kernel's powercap files.</summary>
/// <remarks>Not thread-safe: the sampler reads it from one thread at a time.</remarks>
internal sealed class RaplPowerSource : IPowerSource
{
    private readonly SourceContext _context;
    private readonly RaplZoneReader[] _readers;

    /// <summary>Reads the given zones; device <c>i</c> describes zone <c>i</c>.</summary>
    public RaplPowerSource(SourceContext context, IReadOnlyList<RaplZone> zones, IReadOnlyList<PowerDevice> devices)
    {
        _context = context;
        _readers = [.. zones.Select(zone => new RaplZoneReader(zone, context.TimeProvider))];
        Devices = devices;
    }

    public string Name => RaplReport.SourceName;

    public IReadOnlyList<PowerDevice> Devices { get; }

    public void Read(Span<PowerSample> samples)
    {
        TimeProvider time = _context.TimeProvider;
        long before = time.GetTimestamp();
        SearchFailed(before);
        for (int i = 0; i < _readers.Length; i++)
        {
            SampleFault fault = _readers[i].TryRead(before, out long microjoules);

            // The middle of the read is the best guess of when the kernel looked at the register; one clock read per zone.
            long after = time.GetTimestamp();
            long middle = before + ((after - before) / 2);
            samples[i] = fault == SampleFault.None
                ? PowerSample.FromCounter(middle, microjoules)
                : PowerSample.Failed(middle, fault);
            before = after;
        }
    }

    public void Dispose()
    {
        foreach (RaplZoneReader reader in _readers) reader.Dispose();
    }

    // The scan allocates and takes milliseconds, so all zones that failed share one, and each asks at most once a second.
    private void SearchFailed(long now)
    {
        List<RaplZone>? zones = null;
        foreach (RaplZoneReader reader in _readers)
        {
            if (!reader.WantsSearch(now)) continue;
            zones ??= RaplZoneScan.Find(_context.SysfsRoot);
            reader.Relocate(Find(zones, reader), now);
        }
    }

    // Of several zones of one name, one that another healthy reader holds is not the lost one.
    private RaplZone? Find(List<RaplZone> zones, RaplZoneReader lost)
    {
        foreach (RaplZone zone in zones)
        {
            if (zone.IsSameAs(lost.Zone) && !IsHeld(zone, lost)) return zone;
        }

        return null;
    }

    private bool IsHeld(RaplZone zone, RaplZoneReader lost)
    {
        foreach (RaplZoneReader other in _readers)
        {
            bool holdsIt = other != lost && other.IsHealthy && other.Zone.DirectoryPath == zone.DirectoryPath;

            // A healthy reader of another name cannot hold it: its path is out of date and its next reading will fail.
            if (holdsIt && other.Zone.IsSameAs(zone)) return true;
        }

        return false;
    }
}
