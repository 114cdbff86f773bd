namespace GreenAI.Metering;

/// <summary>Tells whether two zones of one package show one and the same hardware counter.</summary>
internal static class RaplTwinTest
{
    private const int Polls = 3;

    // Two update periods of 1 ms: sequential reads of one counter may straddle an update.
    private const double UpdateSlackSeconds = 0.002;

    /// <summary>
    /// Compares the absolute counters, not their deltas: two dies under equal load have equal deltas, but two counters that
    /// have run since boot do not stand within a few joules of each other unless they are one.
    /// </summary>
    public static bool AreOneCounter(RaplProbe first, RaplProbe second, TimeProvider timeProvider)
    {
        if (!first.IsReadable || !second.IsReadable) return false;
        if (first.Zone.RangeMicrojoules != second.Zone.RangeMicrojoules) return false;
        double maxWatts = Math.Max(RaplMaxPower.Of(first.Zone).Watts, RaplMaxPower.Of(second.Zone).Watts);
        using KernelCounter a = new(first.Zone.EnergyPath, timeProvider);
        using KernelCounter b = new(second.Zone.EnergyPath, timeProvider);
        for (int poll = 0; poll < Polls; poll++)
        {
            long before = timeProvider.GetTimestamp();
            if (a.TryRead(before, out long left) != SampleFault.None) return false;
            if (b.TryRead(before, out long right) != SampleFault.None) return false;

            // Two counters at 0 may be two idle or broken zones: that proves nothing, so both stay.
            if (left == 0 && right == 0) return false;
            double seconds = timeProvider.GetElapsedTime(before).TotalSeconds;
            if (Distance(left, right, first.Zone.RangeMicrojoules) > maxWatts * (seconds + UpdateSlackSeconds) * 1e6) return false;
        }

        return true;
    }

    // The counter may wrap between the two reads: on a circle both are still neighbours.
    private static long Distance(long left, long right, long range)
    {
        long direct = Math.Abs(left - right);
        return range > direct ? Math.Min(direct, range - direct) : direct;
    }
}
