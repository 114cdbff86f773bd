namespace GreenAI.Metering;

/// <summary>The latest samples of one device: energy since metering began at the boundaries of its intervals.</summary>
/// <remarks>
/// <para>One writer, any number of readers; no locks, no allocation after construction. Readers never slow the writer.</para>
/// <para>
/// Why readers see whole samples on any processor, Arm64 included. The writer stores (1) <c>claimed = n + 1</c>, a store fence,
/// (2) sample <c>n</c> over sample <c>n - capacity</c>, (3) <c>published = n + 1</c> with release. A reader loads (a)
/// <c>published</c> with acquire, (b) samples below it, a load fence, (c) <c>claimed</c>.
/// Not too new: (a) acquires what (3) released, so every sample below <c>published</c> is complete for the reader.
/// Not too old: if any byte loaded in (b) was stored by (2) for some <c>n</c>, the store fence makes (1) visible before that byte,
/// and the load fence makes (c) happen after it was loaded; so (c) finds <c>claimed</c> at least <c>n + 1</c>. Hence a sample
/// whose number is not below <c>claimed - capacity</c> was whole. A store of <c>claimed</c> that overtakes earlier stores (a
/// release does not stop it) only makes readers more careful: its own fence still stands between it and the sample it announces.
/// What a reader computes from its copies comes after (c); before it, torn values can mislead a search, nothing else.
/// </para>
/// </remarks>
internal sealed class SampleRing
{
    // The writer comes every 10 ms at the most, a reader needs under a microsecond: a second attempt is rare, a third never seen.
    private const int Attempts = 8;

    private readonly PowerSample[] _samples;
    private readonly long[] _covered;
    private readonly long[] _marks;
    private readonly int _mask;
    private long _claimed;
    private long _published;

    /// <param name="capacity">Samples to keep, rounded up to a power of two, from 2 to 16,777,216; 40 bytes each.</param>
    public SampleRing(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 24);
        Capacity = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity);
        _mask = Capacity - 1;
        _samples = new PowerSample[Capacity];
        _covered = new long[Capacity];
        _marks = new long[Math.Max(1, Capacity / RingSearch.Block)];
    }

    public int Capacity { get; }

    /// <summary>Samples appended so far; the newest has the sequence number <c>Count - 1</c>.</summary>
    public long Count => Volatile.Read(ref _published);

    /// <summary>Adds a boundary. Only one thread at a time may append.</summary>
    /// <returns>False when the sample holds no energy, lies not after the newest or holds less energy: it is left out.</returns>
    public bool Append(in PowerSample sample)
    {
        long sequence = _published;
        long covered = 0;
        if ((sample.Flags & SampleFlags.Energy) == 0) return false;
        if (sequence > 0)
        {
            int last = (int)(sequence - 1) & _mask;
            if (sample.Timestamp <= _samples[last].Timestamp || sample.Microjoules < _samples[last].Microjoules) return false;
            bool hole = (sample.Flags & SampleFlags.Hole) != 0;
            covered = _covered[last] + (hole ? 0 : sample.Timestamp - _samples[last].Timestamp);
        }

        Volatile.Write(ref _claimed, sequence + 1);
        MemoryFence.BetweenWrites();
        int slot = (int)sequence & _mask;
        _samples[slot] = sample;
        _covered[slot] = covered;
        if (sequence % RingSearch.Block == 0) _marks[(int)(sequence / RingSearch.Block) & (_marks.Length - 1)] = sample.Timestamp;
        Volatile.Write(ref _published, sequence + 1);
        return true;
    }

    /// <summary>The newest sample; false while there is none.</summary>
    public bool TryGetLatest(out PowerSample sample)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long last = Count - 1;
            if (last < 0) break;
            sample = _samples[(int)last & _mask];
            if (IsIntact(last)) return true;
        }

        sample = default;
        return false;
    }

    /// <summary>Copies the newest samples that fit, oldest first.</summary>
    /// <returns>How many were copied.</returns>
    public int CopyLatest(Span<PowerSample> destination) => CopyTo(Count - destination.Length, destination, out _);

    /// <summary>Copies the samples from a sequence number on, or from the oldest still held, oldest first.</summary>
    /// <param name="since">The first sequence number wanted.</param>
    /// <param name="destination">Receives as many as fit.</param>
    /// <param name="first">
    /// Sequence number of the first copied; above <paramref name="since"/> when samples have been overwritten. The next call
    /// continues at <paramref name="first"/> plus the returned count.
    /// </param>
    public int CopyTo(long since, Span<PowerSample> destination, out long first)
    {
        long end = Count;
        first = Math.Max(Math.Max(since, 0), end - Capacity);
        int count = (int)Math.Clamp(end - first, 0, destination.Length);
        int slot = (int)first & _mask;
        int untilWrap = Math.Min(count, Capacity - slot);
        _samples.AsSpan(slot, untilWrap).CopyTo(destination);
        _samples.AsSpan(0, count - untilWrap).CopyTo(destination[untilWrap..]);
        MemoryFence.BetweenReads();

        // What the writer claimed meanwhile is a prefix: the rest is whole, so there is nothing to try again.
        int lost = (int)Math.Clamp(Volatile.Read(ref _claimed) - Capacity - first, 0, count);
        if (lost > 0) destination[lost..count].CopyTo(destination);
        first += lost;
        return count - lost;
    }

    /// <summary>Energy between two timestamps, with linear interpolation inside the intervals they fall into.</summary>
    /// <returns>False when the ring cannot tell; <see cref="RingEnergy.Miss"/> says why.</returns>
    /// <remarks>The energies of adjacent windows add up exactly to the energy of the window they make.</remarks>
    public bool TryGetEnergy(long fromTimestamp, long toTimestamp, out RingEnergy energy)
    {
        RingMiss miss = toTimestamp < fromTimestamp ? RingMiss.Reversed : RingMiss.Contended;
        for (int attempt = 0; attempt < Attempts && miss == RingMiss.Contended; attempt++)
        {
            if (TryMeasure(fromTimestamp, toTimestamp, out energy, ref miss)) return true;
        }

        energy = RingEnergy.None(miss);
        return false;
    }

    private bool TryMeasure(long from, long to, out RingEnergy energy, ref RingMiss miss)
    {
        energy = default;
        long high = Count - 1;
        long low = Math.Max(0, Volatile.Read(ref _claimed) - Capacity);
        if (high < 0) miss = RingMiss.Empty;
        if (high < low) return false;
        if (from < _samples[(int)low & _mask].Timestamp) return Refuse(low, RingMiss.BeforeOldest, ref miss);
        if (to > _samples[(int)high & _mask].Timestamp) return Refuse(high, RingMiss.AfterNewest, ref miss);
        if (low == high) return IsIntact(low);

        var search = new RingSearch(_samples, _marks);
        long guess = search.Guess(from, low, high);
        long start = search.Locate(from, low, high, guess);

        // A good guess says that the whole ring is even; otherwise only the neighbourhood may be.
        bool even = Math.Abs(start - guess) <= 1;
        long end = search.Locate(to, start, high, even ? search.Guess(to, low, high) : search.Guess(to, start, start + 1));
        RingInterval first = IntervalAfter(start);
        RingInterval last = IntervalAfter(end);
        if (!IsIntact(start)) return false;

        energy = new RingEnergy(
            last.Microjoules(to) - first.Microjoules(from), to - from, last.CoveredTicks(to) - first.CoveredTicks(from));
        return true;
    }

    private RingInterval IntervalAfter(long sequence)
    {
        int slot = (int)sequence & _mask;
        return new RingInterval(in _samples[slot], in _samples[(slot + 1) & _mask], _covered[slot]);
    }

    private bool Refuse(long witness, RingMiss reason, ref RingMiss miss)
    {
        if (IsIntact(witness)) miss = reason;
        return false;
    }

    private bool IsIntact(long sequence)
    {
        MemoryFence.BetweenReads();
        return sequence >= Volatile.Read(ref _claimed) - Capacity;
    }
}
