using System.Threading.RateLimiting;

namespace GreenAI.Metering;

/// <summary>What a limiter has answered. Thread-safe.</summary>
internal sealed class LeaseCounts
{
    private long _acquired;
    private long _refused;
    private int _waiting;

    public bool IsWaited => Volatile.Read(ref _waiting) > 0;

    public InferenceLease Count(in Admission admission)
    {
        if (admission.MayRun) Interlocked.Increment(ref _acquired);
        else Interlocked.Increment(ref _refused);
        return new InferenceLease(admission);
    }

    public void BeginWait() => Interlocked.Increment(ref _waiting);

    public void EndWait() => Interlocked.Decrement(ref _waiting);

    public RateLimiterStatistics Read(bool mayRun) => new()
    {
        CurrentAvailablePermits = mayRun ? 1 : 0,
        CurrentQueuedCount = Volatile.Read(ref _waiting),
        TotalSuccessfulLeases = Interlocked.Read(ref _acquired),
        TotalFailedLeases = Interlocked.Read(ref _refused),
    };
}
