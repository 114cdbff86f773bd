namespace GreenAI.Metering.AllocationTests;

/// <summary>A source without devices: it counts the samplings, and allocates in them when told to.</summary>
internal sealed class TickSource : IPowerSource
{
    private long _ticks;
    private long _allocated;
    private volatile bool _leaks;
    private object? _leaked;

    public string Name => "tick-counter";

    public IReadOnlyList<PowerDevice> Devices => [];

    public long Ticks => Volatile.Read(ref _ticks);

    /// <summary>Bytes that the sampler's thread had allocated at the last sampling.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocated);

    public bool Leaks
    {
        get => _leaks;
        set => _leaks = value;
    }

    public void Read(Span<PowerSample> samples)
    {
        if (_leaks) Volatile.Write(ref _leaked, new object());
        Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
        Volatile.Write(ref _ticks, _ticks + 1);
    }

    public void Dispose() => _leaked = null;
}
