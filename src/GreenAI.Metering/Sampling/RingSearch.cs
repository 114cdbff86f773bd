using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>Finds the two neighbouring samples around a timestamp.</summary>
/// <remarks>
/// <para>
/// Samples come almost evenly in time, so a proportional guess names the right block of 256 samples, unless pauses spoil it; the
/// timestamps at which blocks begin (2 KB for 65,536 samples, always in the cache) tell, and find the block otherwise. Inside it
/// the guess is right to a sample or two, and a few steps of doubling length enclose the timestamp. Two or three cache lines of
/// samples are touched where binary search over the ring touches sixteen.
/// </para>
/// <para>
/// Nothing here trusts what it loads: samples that change underneath make the answer wrong (the ring then finds its lowest sample
/// overwritten and tries again), never the search endless or out of range, for the enclosing range only shrinks.
/// </para>
/// </remarks>
/// <param name="samples">A ring of power-of-two length.</param>
/// <param name="marks">Timestamps of the samples whose sequence number is a multiple of <see cref="Block"/>, as a ring.</param>
internal readonly ref struct RingSearch(PowerSample[] samples, long[] marks)
{
    /// <summary>Samples a mark.</summary>
    public const int Block = 1 << BlockShift;

    private const int BlockShift = 8;

    // Further away the guess is no good (a pause lies in the block), and halving is cheaper.
    private const int LongestStep = 4;

    /// <summary>The sequence number of the sample at or before a timestamp whose successor is at or after it.</summary>
    /// <param name="timestamp">A time from that of <paramref name="low"/> to that of <paramref name="high"/>.</param>
    /// <param name="low">A sample below <paramref name="high"/>.</param>
    /// <param name="high">A later sample.</param>
    /// <param name="guess">Near which sample it may be; any value.</param>
    public long Locate(long timestamp, long low, long high, long guess)
    {
        long lowTime, highTime;
        if (high - low <= Block)
        {
            (lowTime, highTime) = (Time(low), Time(high));
        }
        else
        {
            long block = FindBlock(timestamp, low, high, Math.Clamp(guess, low, high - 1) >> BlockShift);
            long begin = block << BlockShift, end = begin + Block;
            (low, lowTime) = begin > low ? (begin, Mark(block)) : (low, Time(low));
            (high, highTime) = end < high ? (end, Mark(block + 1)) : (high, Time(high));
        }

        return LocateNear(timestamp, low, high, Guess(timestamp, low, lowTime, high, highTime));
    }

    /// <summary>Where a timestamp lies if samples are as even as from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public long Guess(long timestamp, long low, long high) => Guess(timestamp, low, Time(low), high, Time(high));

    // With torn times this may be any value, so it is always clamped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Guess(long timestamp, long low, long lowTime, long high, long highTime) =>
        low + (long)((double)(timestamp - lowTime) / (highTime - lowTime) * (high - low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Time(long sequence) => samples[(int)sequence & (samples.Length - 1)].Timestamp;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Mark(long block) => marks[(int)block & (marks.Length - 1)];

    private long FindBlock(long timestamp, long low, long high, long guess)
    {
        long first = low >> BlockShift, last = (high - 1) >> BlockShift;
        bool notBefore = guess == first || Mark(guess) <= timestamp;
        if (notBefore && (guess == last || Mark(guess + 1) > timestamp)) return guess;

        // The last block that begins at or before the timestamp; the first one needs no proof.
        long[] times = marks;
        int mask = times.Length - 1;
        for (int count = (int)(last - first) + 1; count > 1;)
        {
            int half = count >> 1;
            first += IfNotNegative(timestamp - times[(int)(first + half) & mask], half);
            count -= half;
        }

        return first;
    }

    private long LocateNear(long timestamp, long low, long high, long guess)
    {
        guess = Math.Clamp(guess, low, high - 1);
        if (Time(guess) <= timestamp)
        {
            low = guess;
            for (long step = 1; step <= LongestStep && low + step < high; step *= 2)
            {
                if (Time(low + step) > timestamp) high = low + step;
                else low += step;
            }
        }
        else
        {
            high = guess;
            for (long step = 1; step <= LongestStep && high - step > low; step *= 2)
            {
                if (Time(high - step) <= timestamp) low = high - step;
                else high -= step;
            }
        }

        for (int count = (int)(high - low); count > 1;)
        {
            int half = count >> 1;
            low += IfNotNegative(timestamp - Time(low + half), half);
            count -= half;
        }

        return low;
    }

    // Halving without a branch, which would be mispredicted every second time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long IfNotNegative(long sign, long value) => value & ~(sign >> 63);
}
