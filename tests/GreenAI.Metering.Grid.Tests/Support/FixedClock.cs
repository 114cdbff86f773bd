namespace GreenAI.Metering.Grid.Tests;

/// <summary>A wall clock that stands still; timers run, as sockets and retries need them.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
