namespace GreenAI.Metering;

/// <summary>The sum of what was added in the last while, in buckets of equal length.</summary>
/// <remarks>
/// Never too little, and too much by what one bucket holds at most: sum over the length ≤ <see cref="Sum"/> ≤ sum over all buckets and one more. A bucket's
/// length is rounded up to a tick, so all of them together may be longer than the length, by less than a tick each. Amounts may be negative (then the same holds
/// of the times). A bucket stops at the ends of a <see cref="long"/> instead of wrapping, and so does the sum. Time that goes back
/// is taken for the latest time seen. Not thread-safe; allocates at construction only.
/// </remarks>
internal sealed class RollingSum
{
    /// <summary>How many buckets a length has unless told otherwise.</summary>
    public const int DefaultBuckets = 60;

    private readonly long[] _buckets;
    private readonly long _width;
    private Int128 _sum;
    private long _head = long.MinValue;
    private long _first = long.MaxValue;
    private long _latest;

    /// <summary>Makes an empty sum.</summary>
    /// <param name="length">Over how long; more than zero.</param>
    /// <param name="buckets">Of how many buckets; at least 1.</param>
    public RollingSum(TimeSpan length, int buckets = DefaultBuckets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        _width = Math.Max(1, (length.Ticks / buckets) + (length.Ticks % buckets == 0 ? 0 : 1));
        Length = length;

        // One more, for the bucket of which the length has left a part behind.
        _buckets = new long[buckets + 1];
    }

    /// <summary>Over how long.</summary>
    public TimeSpan Length { get; }

    /// <summary>How long a bucket is: its part of the length, rounded up to a tick.</summary>
    public TimeSpan Bucket => TimeSpan.FromTicks(_width);

    /// <summary>Adds an amount that was spent now.</summary>
    public void Add(long amount, long nowTicks)
    {
        MoveTo(nowTicks);
        Put(_head, amount);
    }

    /// <summary>Adds an amount that was spent evenly since the last call of any kind, so that rates do not depend on how often one looks.</summary>
    public void Spread(long amount, long nowTicks)
    {
        long from = _head == long.MinValue ? nowTicks : _latest;
        MoveTo(nowTicks);
        long to = _latest, oldest = Math.Max(0, _head - _buckets.Length + 1), first = from / _width;
        if (first >= _head)
        {
            Put(_head, amount);
            return;
        }

        // By cumulative rounding: nothing is lost between two buckets.
        long done = first < oldest ? Part(amount, from, oldest * _width, to) : 0;
        for (long i = Math.Max(first, oldest); i <= _head; i++)
        {
            long upTo = i == _head ? amount : Part(amount, from, (i + 1) * _width, to);
            Put(i, upTo - done);
            done = upTo;
        }
    }

    /// <summary>What was added in the length up to now.</summary>
    public long Sum(long nowTicks)
    {
        MoveTo(nowTicks);
        return Whole(_sum);
    }

    /// <summary>The ticks over which <see cref="Sum"/> is: the length, rounded up to whole buckets, and at most a bucket more, or since the first call while that is less.</summary>
    public long Covered(long nowTicks)
    {
        MoveTo(nowTicks);
        return Math.Min(_latest - _first, ((_buckets.Length - 1) * _width) + (_latest % _width));
    }

    /// <summary>The ticks since the first call.</summary>
    public long Seen(long nowTicks)
    {
        MoveTo(nowTicks);
        return _latest - _first;
    }

    /// <summary>How many ticks pass until more than an amount has left the sum; the length and a bucket when it holds no more than that.</summary>
    public long UntilGone(double amount, long nowTicks)
    {
        MoveTo(nowTicks);
        double gone = 0;
        for (long i = Math.Max(0, _head - _buckets.Length + 1); i <= _head; i++)
        {
            gone += _buckets[i % _buckets.Length];
            if (gone > amount) return ((i + _buckets.Length) * _width) - _latest;
        }

        return _buckets.Length * _width;
    }

    private static long Whole(Int128 value) => value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;

    private static long Part(long amount, long from, long at, long to)
    {
        double part = Math.Round(amount * ((at - from) / (double)(to - from)));
        return part >= long.MaxValue ? long.MaxValue : part <= long.MinValue ? long.MinValue : (long)part;
    }

    private void Put(long number, long amount)
    {
        if (amount == 0) return;
        ref long bucket = ref _buckets[number % _buckets.Length];
        long before = bucket;
        bucket = Whole((Int128)before + amount);
        _sum += (Int128)bucket - before;
    }

    private void MoveTo(long nowTicks)
    {
        if (_head == long.MinValue)
        {
            _first = _latest = nowTicks;
            _head = nowTicks / _width;
            return;
        }

        if (nowTicks <= _latest) return;
        _latest = nowTicks;
        long head = nowTicks / _width;
        if (head == _head) return;
        if (head - _head >= _buckets.Length)
        {
            Array.Clear(_buckets);
            _sum = 0;
        }
        else
        {
            for (long i = _head + 1; i <= head; i++)
            {
                ref long bucket = ref _buckets[i % _buckets.Length];
                _sum -= bucket;
                bucket = 0;
            }
        }

        _head = head;
    }
}
