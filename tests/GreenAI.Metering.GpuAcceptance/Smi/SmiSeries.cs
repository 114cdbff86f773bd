namespace GreenAI.Metering.GpuAcceptance;

/// <summary>The power of one board over time, and its integral. Not thread-safe.</summary>
internal sealed class SmiSeries(TimeProvider time)
{
    private static readonly TimeSpan _longestGap = TimeSpan.FromSeconds(1);

    private readonly List<(long Timestamp, double Watts)> _points = [];

    public void Add(long timestamp, double watts)
    {
        // A clock that was set back would put a point before one that is there.
        if (_points.Count == 0 || timestamp > _points[^1].Timestamp) _points.Add((timestamp, watts));
    }

    /// <summary>Joules between two times by the trapezoid rule; null where a second or more is not covered.</summary>
    public double? Integrate(long start, long end)
    {
        (long Timestamp, double Watts)[] inside = [.. _points.Where(point => point.Timestamp > start && point.Timestamp < end)];
        if (inside.Length < 2) return null;
        // What lies before the first point and after the last is drawn out level.
        (long Timestamp, double Watts)[] all = [(start, inside[0].Watts), .. inside, (end, inside[^1].Watts)];
        double joules = 0;
        for (int i = 1; i < all.Length; i++)
        {
            TimeSpan gap = time.GetElapsedTime(all[i - 1].Timestamp, all[i].Timestamp);
            if (gap > _longestGap) return null;
            joules += (all[i - 1].Watts + all[i].Watts) / 2 * gap.TotalSeconds;
        }

        return joules;
    }
}
