using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>A copy of what two neighbouring samples say about the time between them.</summary>
/// <remarks>Built from a ring before it is known to be whole; computed with only after.</remarks>
internal readonly struct RingInterval(in PowerSample before, in PowerSample after, long coveredBefore)
{
    private readonly long _start = before.Timestamp;
    private readonly long _end = after.Timestamp;
    private readonly long _startMicrojoules = before.Microjoules;
    private readonly long _endMicrojoules = after.Microjoules;
    private readonly bool _hole = (after.Flags & SampleFlags.Hole) != 0;
    private readonly long _startCovered = coveredBefore;

    /// <summary>Covered time from the start of metering to a timestamp inside.</summary>
    public long CoveredTicks(long timestamp) => _startCovered + (_hole ? 0 : timestamp - _start);

    /// <summary>Energy from the start of metering to a timestamp inside, in microjoules, rounded down.</summary>
    /// <remarks>A pure function of the two samples and the timestamp: windows that share a boundary share its value.</remarks>
    public long Microjoules(long timestamp)
    {
        ulong ticks = (ulong)(_end - _start);
        ulong high = Math.BigMul((ulong)(_endMicrojoules - _startMicrojoules), (ulong)(timestamp - _start), out ulong low);
        return _startMicrojoules + (high == 0 ? (long)(low / ticks) : Divide(high, low, ticks));
    }

    // Above 1.8e19 microjoule-ticks: at 200 W and nanosecond ticks, samples 10 s apart or more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Divide(ulong high, ulong low, ulong divisor) => (long)(ulong)(new UInt128(high, low) / divisor);
}
