using System.Numerics;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Counts durations in buckets each 1/16 of a power of two wide: any number of them in a few kilobytes, right to 6 %.</summary>
/// <remarks>Safe to add to from any number of threads.</remarks>
internal sealed class LatencyHistogram
{
    private const int Parts = 16;
    private const int PartBits = 4;

    private readonly long[] _counts = new long[(64 - PartBits + 1) * Parts];
    private long _longest;

    public long Count => _counts.Sum();

    public TimeSpan Longest => TimeSpan.FromMicroseconds(Interlocked.Read(ref _longest));

    public void Add(TimeSpan duration)
    {
        long microseconds = Math.Max(0, (long)duration.TotalMicroseconds);
        Interlocked.Increment(ref _counts[Bucket(microseconds)]);
        for (long seen = Interlocked.Read(ref _longest); microseconds > seen;)
        {
            long before = Interlocked.CompareExchange(ref _longest, microseconds, seen);
            if (before == seen) break;
            seen = before;
        }
    }

    /// <summary>The duration that a share of all durations does not exceed; null when there are none.</summary>
    /// <param name="share">From 0 to 1: 0.99 is the 99th percentile.</param>
    public TimeSpan? Percentile(double share)
    {
        long total = Count;
        if (total == 0) return null;
        long rank = Math.Clamp((long)Math.Ceiling(share * total), 1, total);
        int bucket = -1;
        for (long seen = 0; seen < rank;) seen += _counts[++bucket];
        return TimeSpan.FromMicroseconds(Math.Min(Highest(bucket), Interlocked.Read(ref _longest)));
    }

    // Below 16 µs each has its own; from there on the highest bit tells the power and the four bits behind it the part.
    private static int Bucket(long microseconds)
    {
        if (microseconds < Parts) return (int)microseconds;
        int shift = BitOperations.Log2((ulong)microseconds) - PartBits;
        return ((shift + 1) * Parts) + (int)((microseconds >> shift) & (Parts - 1));
    }

    private static long Highest(int bucket)
    {
        if (bucket < Parts) return bucket;
        int shift = (bucket / Parts) - 1;
        return ((long)(Parts + (bucket % Parts) + 1) << shift) - 1;
    }
}
