namespace GreenAI.Metering.Tests;

/// <summary>A clock of nanoseconds, as Linux has, that a test moves.</summary>
internal sealed class NanoTime : TimeProvider
{
    private long _now = 3_600_000_000_123;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(long nanoseconds) => Interlocked.Add(ref _now, nanoseconds);
}
