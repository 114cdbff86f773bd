namespace GreenAI.Metering;

/// <summary>Drops channels that show the counter of another: dies of one AMD package, or one meter behind two interfaces.</summary>
internal static class EmiTwins
{
    private const int Polls = 3;

    // Of the absolute counters, as CodeCarbon compares them: two that have run since boot do not stand that close unless they are one.
    private const double RelativeTolerance = 1e-6;

    // For young counters, whose millionth is less than what a package draws between two readings: 2 kW for two updates of 1 ms.
    private const double MaxWatts = 2000;
    private const double UpdateSlackSeconds = 0.002;
    private const double JoulesPerPicowatthour = 3.6e-9;

    /// <summary>Keeps one of each group of twins, the first in the order given.</summary>
    public static List<EmiReading> Drop(IReadOnlyList<EmiReading> readings, TimeProvider timeProvider, List<SourceFinding> findings)
    {
        EmiDevice[] meters = [.. readings.Select(static reading => reading.Device).Distinct()];
        var polls = new (ulong?[] Counters, double Seconds)[Polls];
        for (int poll = 0; poll < Polls; poll++)
        {
            long before = timeProvider.GetTimestamp();
            foreach (EmiDevice meter in meters) meter.Measure();
            double seconds = timeProvider.GetElapsedTime(before).TotalSeconds;
            polls[poll] = ([.. readings.Select(Counter)], seconds);
        }

        List<int> kept = [];
        for (int i = 0; i < readings.Count; i++)
        {
            int original = kept.FindIndex(other => readings[other].Domain == readings[i].Domain
                && Array.TrueForAll(polls, poll => AreEqual(poll.Counters[other], poll.Counters[i], poll.Seconds)));
            if (original < 0) kept.Add(i);
            else findings.Add(EmiReport.Mirror(readings[i].Channel, readings[kept[original]].Channel));
        }

        return [.. kept.Select(index => readings[index])];
    }

    private static ulong? Counter(EmiReading reading) =>
        reading.Device.TryGet(reading.Channel, out EmiMeasurement measurement) == SampleFault.None ? measurement.Picowatthours : null;

    // Two counters at 0 may be two idle or broken channels: that proves nothing, so both stay.
    private static bool AreEqual(ulong? left, ulong? right, double seconds)
    {
        if (left is not (> 0 and { } a) || right is not (> 0 and { } b)) return false;
        double slack = MaxWatts * (seconds + UpdateSlackSeconds) / JoulesPerPicowatthour;
        return Math.Max(a, b) - Math.Min(a, b) <= Math.Max(RelativeTolerance * Math.Max(a, b), slack);
    }
}
