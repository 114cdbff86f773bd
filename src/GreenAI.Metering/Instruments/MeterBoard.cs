namespace GreenAI.Metering;

/// <summary>
/// The last close's totals for whoever collects metrics: written by the closer, read without its lock and without a driver.
/// </summary>
/// <remarks>
/// A sequence lock: odd while the closer writes. Writer: sequence to odd, store fence, values, sequence to even with release.
/// Reader: sequence with acquire, values, load fence, sequence again; a difference or an odd number means try again.
/// </remarks>
internal sealed class MeterBoard(int devices, int models)
{
    private readonly long[] _values = new long[MeterSnapshot.Length(devices, models)];
    private long _sequence;
    private MeterSnapshot? _cached;

    /// <summary>Starts writing; only the closer calls it.</summary>
    public Span<long> BeginWrite()
    {
        Volatile.Write(ref _sequence, _sequence + 1);
        MemoryFence.BetweenWrites();
        return _values;
    }

    public void EndWrite() => Volatile.Write(ref _sequence, _sequence + 1);

    /// <summary>The totals of the last close; the same object until the next close.</summary>
    public MeterSnapshot Read()
    {
        while (true)
        {
            long sequence = Volatile.Read(ref _sequence);
            MeterSnapshot? cached = Volatile.Read(ref _cached);
            if (cached is not null && cached.Sequence == sequence) return cached;
            if ((sequence & 1) == 0)
            {
                long[] copy = [.. _values];
                MemoryFence.BetweenReads();
                if (Volatile.Read(ref _sequence) == sequence)
                {
                    var snapshot = new MeterSnapshot(sequence, copy, devices);
                    Volatile.Write(ref _cached, snapshot);
                    return snapshot;
                }
            }

            // The closer writes for about a microsecond.
            Thread.SpinWait(20);
        }
    }
}
