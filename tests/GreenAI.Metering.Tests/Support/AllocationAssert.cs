namespace GreenAI.Metering.Tests;

/// <summary>Asserts that an action allocates nothing on its thread once it is warm.</summary>
internal static class AllocationAssert
{
    private const int WarmUps = 3;
    private const int Attempts = 3;

    /// <summary>Fails when every attempt allocated: what the runtime makes once (a type, a cache) is forgiven, no more.</summary>
    public static void Zero(Action action)
    {
        for (int i = 0; i < WarmUps; i++) action();
        long least = long.MaxValue;
        for (int i = 0; i < Attempts && least > 0; i++) least = Math.Min(least, Measure(action));
        Assert.True(least == 0, $"Allocated {least} bytes.");
    }

    private static long Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
