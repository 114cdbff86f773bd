namespace GreenAI.Metering;

/// <summary>A device's books at one moment.</summary>
internal readonly record struct BooksMark(long Time, long Total, long Idle, long Other, long CoveredTicks)
{
    private long Own => Total - Idle - Other;

    /// <summary>The books at a moment between two marks, by linear interpolation.</summary>
    public static BooksMark Between(in BooksMark from, in BooksMark to, long time)
    {
        if (time >= to.Time) return to;
        if (time <= from.Time) return from;
        double part = (time - from.Time) / (double)(to.Time - from.Time);
        long idle = Along(from.Idle, to.Idle, part);
        long other = Along(from.Other, to.Other, part);
        // The total is the sum of its parts: rounded for itself it could be less than they are.
        return new BooksMark(
            time,
            idle + other + Along(from.Own, to.Own, part),
            idle,
            other,
            Along(from.CoveredTicks, to.CoveredTicks, part));
    }

    private static long Along(long from, long to, double part) => from + (long)Math.Round((to - from) * part);
}
