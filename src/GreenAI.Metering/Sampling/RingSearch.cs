using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>Finds the two neighbouring samples around a timestamp.</summary>
/// <remarks>
/// <para>
/// Samples come almost evenly in time, so a proportional guess is mostly right to a sample or two; a few steps of doubling
/// length enclose the timestamp, and two or three cache lines are touched where binary search over the ring touches sixteen.
/// Where pauses spoil the guess, the timestamps at which blocks of 256 samples begin (2 KB for 65,536 samples) name the block,
/// and inside it the guess is good again.
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

    /// <summary>The sequence number of the sample at or before a timestamp whose successor is at or after it.</summary>
    /// <param name="timestamp">A time from that of <paramref name="low"/> to that of <paramref name="high"/>.</param>
    /// <param name="low">A sample below <paramref name="high"/>.</param>
    /// <param name="high">A later sample.</param>
    /// <param name="guess">Near which sample it may be; any value.</param>
    public long Locate(long timestamp, long low, long high, long guess)
    {
        if (Enclose(timestamp, ref low, ref high, guess, longestStep: 1)) return Halve(timestamp, low, high);
        guess = high - low > Block ? Narrow(timestamp, ref low, ref high) : Guess(timestamp, low, high);
        Enclose(timestamp, ref low, ref high, guess, longestStep: 4);
        return Halve(timestamp, low, high);
    }

    /// <summary>Where a timestamp lies if samples are as even as from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <remarks>Torn times make it any value; it is always clamped.</remarks>
    public long Guess(long timestamp, long low, long high) => Guess(timestamp, low, Time(low), high, Time(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Guess(long timestamp, long low, long lowTime, long high, long highTime) =>
        low + (long)((double)(timestamp - lowTime) / (highTime - lowTime) * (high - low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Time(long sequence) => samples[(int)sequence & (samples.Length - 1)].Timestamp;

    // Draws the range together around a guess by steps of doubling length. False when the timestamp is further away than those:
    // then the guess was no good, and halving is cheaper.
    private bool Enclose(long timestamp, ref long low, ref long high, long guess, long longestStep)
    {
        long at = Math.Clamp(guess, low, high - 1);
        if (Time(at) <= timestamp)
        {
            low = at;
            for (long step = 1; low + step < high; step *= 2)
            {
                if (step > longestStep) return false;
                if (Time(low + step) > timestamp) high = low + step;
                else low += step;
            }
        }
        else
        {
            high = at;
            for (long step = 1; high - step > low; step *= 2)
            {
                if (step > longestStep) return false;
                if (Time(high - step) <= timestamp) low = high - step;
                else high -= step;
            }
        }

        return true;
    }

    // Draws the range together to the last block that begins at or before the timestamp (the first one needs no proof), and
    // guesses inside it.
    private long Narrow(long timestamp, ref long low, ref long high)
    {
        long[] times = marks;
        int mask = times.Length - 1;
        long block = low >> BlockShift;
        for (int count = (int)(((high - 1) >> BlockShift) - block) + 1; count > 1;)
        {
            int half = count >> 1;
            block += IfNotNegative(timestamp - times[(int)(block + half) & mask], half);
            count -= half;
        }

        long begin = block << BlockShift, end = begin + Block;
        (low, long lowTime) = begin > low ? (begin, times[(int)block & mask]) : (low, Time(low));
        (high, long highTime) = end < high ? (end, times[(int)(block + 1) & mask]) : (high, Time(high));
        return Guess(timestamp, low, lowTime, high, highTime);
    }

    private long Halve(long timestamp, long low, long high)
    {
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
