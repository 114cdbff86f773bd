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

    // Made once: a delegate per block would show as bytes of ours.
    private Action<int>? _ours;
    private Action<int>? _included;

    /// <summary>Does our operation that many times.</summary>
    public abstract void Ours(int operations);

    /// <summary>Does the floor's operation that many times.</summary>
    public abstract void Floor(int operations);

    /// <summary>The largest block of ours that makes sense; the work it leaves behind is taken up outside the measurement.</summary>
    protected virtual int MaxBlock => 10_000_000;

    /// <summary>What our operation contains and the bar does not judge: measured in blocks of its own and taken off. Null: nothing.</summary>
    protected virtual Action<int>? Included => null;

    /// <summary>A block of ours with what comes before and after it, for harnesses that cannot leave those out.</summary>
    public void Cycle(int operations)
    {
        Before(operations);
        Ours(operations);
        After();
    }

    /// <summary>Gets ready for a block of ours; not measured.</summary>
    protected virtual void Before(int operations)
    {
    }

    /// <summary>Tidies up after a block of ours; not measured.</summary>
    protected virtual void After()
    {
    }

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        int oursBlock = Math.Min(MaxBlock, Calibrate(operations => Own(operations, out _)));
        _included = Included;
        if (_included is { } inner) Calibrate(operations => Block(inner, operations, out _));
        int floorBlock = Calibrate(operations => Time(Floor, operations));
        var ours = new double[Pairs];
        var floor = new double[Pairs];
        var ratios = new double[Pairs];
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Who goes first alternates: what the first leaves in the caches helps or hurts both alike.
            if (pair % 2 == 0) ours[pair] = Own(oursBlock, out _);
            floor[pair] = Time(Floor, floorBlock);
            if (pair % 2 != 0) ours[pair] = Own(oursBlock, out _);
            if (_included is not null) ours[pair] -= Block(_included, oursBlock, out _);
            ratios[pair] = ours[pair] / floor[pair];
        }

        Own(oursBlock, out double bytes);
        return new BarResult(Name, Median(ours), Median(floor), "ns", Median(ratios), limit, bytes, bytesPerOperation);
    }

    private static double Time(Action<int> action, int operations)
    {
        long started = Stopwatch.GetTimestamp();
        action(operations);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations;
    }

    // Runs long enough for the optimised code to be in place, then asks how many operations fill a block.
    private int Calibrate(Func<int, double> measure)
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < _warmUpTime) measure(Math.Min(MaxBlock, 64));
        return (int)Math.Clamp(_blockTime.TotalNanoseconds / measure(Math.Min(MaxBlock, 1000)), 1, 10_000_000);
    }

    private double Own(int operations, out double bytes) => Block(_ours ??= Ours, operations, out bytes);

    private double Block(Action<int> action, int operations, out double bytes)
    {
        Before(operations);
        long before = GC.GetAllocatedBytesForCurrentThread();
        double nanoseconds = Time(action, operations);
        bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)operations;
        After();
        return nanoseconds;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
