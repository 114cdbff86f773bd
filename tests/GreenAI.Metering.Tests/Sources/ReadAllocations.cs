namespace GreenAI.Metering.Tests;

/// <summary>Counts what one thread allocates over many runs of an action that has been warmed up.</summary>
internal static class ReadAllocations
{
    public static long Count(Action action, int runs = 1000)
    {
        for (int i = 0; i < 100; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < runs; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
