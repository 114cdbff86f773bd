using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>The books at one timestamp, interpolated between the two samples around it.</summary>
internal readonly struct RingPoint
{
    private RingPoint(long microjoules, long coveredTicks)
    {
        Microjoules = microjoules;
        CoveredTicks = coveredTicks;
    }

    public long Microjoules { get; }

    public long CoveredTicks { get; }

    /// <summary>A pure function of the two samples and the timestamp: windows that share a boundary share its value.</summary>
    public static RingPoint Between(in PowerSample before, in PowerSample after, long coveredBefore, long timestamp)
    {
        long ticks = timestamp - before.Timestamp;
        long gain = Part(after.Microjoules - before.Microjoules, ticks, after.Timestamp - before.Timestamp);
        bool hole = (after.Flags & SampleFlags.Hole) != 0;
        return new RingPoint(before.Microjoules + gain, coveredBefore + (hole ? 0 : ticks));
    }

    private static long Part(long whole, long numerator, long denominator)
    {
        ulong high = Math.BigMul((ulong)whole, (ulong)numerator, out ulong low);
        return high == 0 ? (long)(low / (ulong)denominator) : WidePart(high, low, (ulong)denominator);
    }

    // Above 1.8e19 microjoule-ticks: at 200 W and nanosecond ticks, samples 10 s apart or more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long WidePart(ulong high, ulong low, ulong denominator) => (long)(ulong)(new UInt128(high, low) / denominator);
}
