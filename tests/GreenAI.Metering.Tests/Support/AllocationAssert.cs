namespace GreenAI.Metering.Tests;

/// <summary>Asserts that an action allocates nothing on its thread once it is warm.</summary>
internal static class AllocationAssert
{
    private const int WarmUps = 3;
    private const int Attempts = 3;

    // .NET 8 allocates in code that is not optimised yet, which the runtime does once no new code has run for a tenth of a second.
    private const int PatienceMilliseconds = 5000;

    /// <summary>Fails when every attempt allocated: what the runtime makes once (a type, a cache) is forgiven, no more.</summary>
    public static void Zero(Action action)
    {
        for (int i = 0; i < WarmUps; i++) action();
        long least = Least(() => Measure(action));
        Assert.True(least == 0, $"Allocated {least} bytes.");
    }

    /// <summary>The least that several measurements show: 0 as soon as one does, and none is given up before the runtime had time to optimise.</summary>
    public static long Least(Func<long> measure)
    {
        long least = long.MaxValue;
        long patience = Environment.TickCount64 + PatienceMilliseconds;
        for (int i = 0; least > 0 && (i < Attempts || Environment.TickCount64 < patience); i++) least = Math.Min(least, measure());
        return least;
    }

    private static long Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
