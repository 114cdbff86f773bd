namespace GreenAI.Metering.Tests;

/// <summary>Counts what one thread allocates over many runs of an action that has been warmed up.</summary>
internal static class ReadAllocations
{
    private const int Attempts = 5;

    /// <summary>
    /// The least of several attempts: what the runtime makes once when it compiles a method again, and what a source does once a
    /// second (a file that stands still is opened again), is no allocation of each reading.
    /// </summary>
    public static long Count(Action action, int runs = 1000)
    {
        for (int i = 0; i < 100; i++) action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < runs; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
