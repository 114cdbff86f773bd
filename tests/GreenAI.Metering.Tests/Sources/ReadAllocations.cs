namespace GreenAI.Metering.Tests;

/// <summary>Counts what one thread allocates over many runs of an action that has been warmed up.</summary>
internal static class ReadAllocations
{
    /// <summary>
    /// The least of several attempts: what the runtime makes once when it compiles a method again, and what a source does once a
    /// second (a file that stands still is opened again), is no allocation of each reading.
    /// </summary>
    public static long Count(Action action, int runs = 1000)
    {
        for (int i = 0; i < 100; i++) action();
        return AllocationAssert.Least(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < runs; i++) action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
