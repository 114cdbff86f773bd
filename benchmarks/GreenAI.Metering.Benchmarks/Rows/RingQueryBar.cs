namespace GreenAI.Metering.Benchmarks;

/// <summary>Energy between two timestamps anywhere in a full ring of 65,536 samples.</summary>
internal sealed class RingQueryBar : RatioBar
{
    // The design's bar is for a sampler that keeps its interval. The second one is ours: a host suspended sixteen times in the
    // ring's span must not turn a query into a walk (without the marks of blocks it cost six times the floor).
    private const double Limit = 2.0;
    private const double LimitWithPauses = 4.0;

    private const int Capacity = 65_536;
    private const long Tick = 100_000_000;
    private readonly SampleRing _ring = new(Capacity);
    private readonly (long From, long To)[] _windows = new (long, long)[1024];
    private long _sink;

    /// <param name="name">The row's name.</param>
    /// <param name="pauses">Whether the sampler was stopped now and then (suspended host), so that samples are uneven.</param>
    public RingQueryBar(string name, bool pauses)
        : base(name, pauses ? LimitWithPauses : Limit)
    {
        // Ticks of 100 ms, late by up to 2 ms, 150 W and noise; a pause is up to half an hour.
        var random = new Random(1);
        var timestamps = new long[Capacity];
        long microjoules = 0, late = 0;
        for (long i = 0; i < Capacity; i++)
        {
            if (pauses && random.Next(4096) == 0) late += random.NextInt64(Tick * 18_000);
            timestamps[i] = i * Tick + late + random.NextInt64(Tick / 50);
            microjoules += random.NextInt64(14_000_000, 16_000_000);
            _ring.Append(PowerSample.FromCounter(timestamps[i], microjoules));
        }

        // Windows of 1 ms to 10 s that begin while the sampler ran, anywhere in the ring.
        for (int i = 0; i < _windows.Length; i++)
        {
            long from = timestamps[random.Next(Capacity - 200)] + random.NextInt64(Tick);
            _windows[i] = (from, from + random.NextInt64(Tick / 100, Tick * 100));
        }
    }

    /// <inheritdoc />
    public override void Ours(int operations)
    {
        long sum = 0;
        for (int i = 0; i < operations; i++)
        {
            (long from, long to) = _windows[i & 1023];
            if (!_ring.TryGetEnergy(from, to, out RingEnergy energy)) throw new InvalidOperationException($"{energy.Miss}");
            sum += energy.Microjoules;
        }

        _sink = sum;
    }

    /// <inheritdoc />
    public override void Floor(int operations) => ClockFloor.Run(operations);
}
