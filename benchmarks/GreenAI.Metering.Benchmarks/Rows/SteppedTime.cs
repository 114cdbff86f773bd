using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>The real clock plus steps: closings in quick succession lie a sampling interval apart, as in life.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _offset;

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override long GetTimestamp() => Stopwatch.GetTimestamp() + Volatile.Read(ref _offset);

    public void Step(TimeSpan time) => Volatile.Write(ref _offset, _offset + (long)(time.TotalSeconds * Stopwatch.Frequency));
}
