namespace GreenAI.Metering.Tests;

/// <summary>A monotonic clock that moves on by one step whenever it is read.</summary>
internal sealed class StepClock(long step) : TimeProvider
{
    public long Now { get; private set; }

    public override long GetTimestamp() => Now += step;
}
