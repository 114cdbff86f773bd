namespace GreenAI.Metering;

/// <summary>Finds the two neighbouring samples around a timestamp.</summary>
internal static class RingSearch
{
    /// <summary>The sequence number of the sample at or before a timestamp whose successor is at or after it.</summary>
    /// <remarks>
    /// Samples come almost evenly in time, so the first guess is proportional and mostly right to a sample or two; from there
    /// the distance is doubled until the timestamp is enclosed, then halved. Two or three cache lines are touched where plain
    /// binary search touches sixteen. Samples that change underneath make the answer wrong, never the search endless: the
    /// enclosing range only shrinks.
    /// </remarks>
    /// <param name="samples">A ring of power-of-two length.</param>
    /// <param name="timestamp">A time from that of <paramref name="low"/> to that of <paramref name="high"/>.</param>
    /// <param name="low">The oldest sample, below <paramref name="high"/>.</param>
    /// <param name="high">The newest sample.</param>
    public static long Locate(PowerSample[] samples, long timestamp, long low, long high)
    {
        int mask = samples.Length - 1;
        long start = samples[(int)low & mask].Timestamp;
        double perTick = (high - low) / (double)(samples[(int)high & mask].Timestamp - start);
        long at = Math.Clamp(low + (long)((timestamp - start) * perTick), low, high - 1);
        if (samples[(int)at & mask].Timestamp <= timestamp)
        {
            low = at;
            for (long step = 1; low + step < high; step *= 2)
            {
                if (samples[(int)(low + step) & mask].Timestamp > timestamp) high = low + step;
                else low += step;
            }
        }
        else
        {
            high = at;
            for (long step = 1; high - step > low; step *= 2)
            {
                if (samples[(int)(high - step) & mask].Timestamp <= timestamp) low = high - step;
                else high -= step;
            }
        }

        while (high - low > 1)
        {
            long middle = low + (high - low) / 2;
            if (samples[(int)middle & mask].Timestamp <= timestamp) low = middle;
            else high = middle;
        }

        return low;
    }
}
