using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Our operation against a floor, as the median ratio of many pairs of short blocks.</summary>
/// <remarks>
/// Shared machines change speed from one second to the next: a block of ours and a block of the floor lie some milliseconds
/// apart, so that their ratio hardly notices, and the median drops the pairs that were interrupted.
/// </remarks>
internal abstract class RatioBar(string name, double limit) : Bar(name)
{
    private const int Pairs = 501;
    private static readonly TimeSpan _blockTime = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan _warmUpTime = TimeSpan.FromMilliseconds(800);

    /// <summary>Does our operation that many times.</summary>
    public abstract void Ours(int operations);

    /// <summary>Does the floor's operation that many times.</summary>
    public abstract void Floor(int operations);

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        int oursBlock = Calibrate(Ours);
        int floorBlock = Calibrate(Floor);
        var ours = new double[Pairs];
        var floor = new double[Pairs];
        var ratios = new double[Pairs];
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Who goes first alternates: what the first leaves in the caches helps or hurts both alike.
            if (pair % 2 == 0) ours[pair] = Nanoseconds(Ours, oursBlock);
            floor[pair] = Nanoseconds(Floor, floorBlock);
            if (pair % 2 != 0) ours[pair] = Nanoseconds(Ours, oursBlock);
            ratios[pair] = ours[pair] / floor[pair];
        }

        double bytes = Bytes(Ours, oursBlock);
        return new BarResult(Name, Median(ours), Median(floor), "ns", Median(ratios), limit, bytes, bytesPerOperation);
    }

    // Runs long enough for the optimised code to be in place, then asks how many operations fill a block.
    private static int Calibrate(Action<int> action)
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < _warmUpTime) action(64);
        return (int)Math.Clamp(_blockTime.TotalNanoseconds / Nanoseconds(action, 1000), 1, 10_000_000);
    }

    private static double Nanoseconds(Action<int> action, int operations)
    {
        long started = Stopwatch.GetTimestamp();
        action(operations);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations;
    }

    private static double Bytes(Action<int> action, int operations)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action(operations);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / operations;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
