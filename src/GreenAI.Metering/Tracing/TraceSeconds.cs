namespace GreenAI.Metering;

/// <summary>Seconds that are usually whole microseconds, kept to the last bit whatever they are.</summary>
internal static class TraceSeconds
{
    private const double MicrosecondsPerSecond = 1e6;

    /// <summary>Whether the seconds are exactly what so many microseconds give.</summary>
    public static bool TryGetMicroseconds(double seconds, out long microseconds)
    {
        double rounded = Math.Round(seconds * MicrosecondsPerSecond);
        microseconds = Math.Abs(rounded) < 1e15 ? (long)rounded : 0;
        return BitConverter.DoubleToInt64Bits(FromMicroseconds(microseconds)) == BitConverter.DoubleToInt64Bits(seconds);
    }

    public static double FromMicroseconds(long microseconds) => microseconds / MicrosecondsPerSecond;

    public static void Write(TraceSegment to, bool whole, double seconds, long microseconds, ref long known)
    {
        if (!whole)
        {
            to.Fixed64(BitConverter.DoubleToInt64Bits(seconds));
            return;
        }

        to.Signed(microseconds - known);
        known = microseconds;
    }

    public static double Read(TraceReader from, bool whole, ref long known)
    {
        if (!whole) return BitConverter.Int64BitsToDouble(from.Fixed64());
        known = unchecked(known + from.Signed());
        return FromMicroseconds(known);
    }
}
