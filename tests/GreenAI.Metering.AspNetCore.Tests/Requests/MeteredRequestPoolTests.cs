using System.Collections.Concurrent;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class MeteredRequestPoolTests
{
    private const int Threads = 8;
    private const int Rounds = 20_000;

    [Fact]
    public void Pool_OfManyThreads_GivesNoneTwice_AndKeepsAllThatCameBack()
    {
        var pool = new MeteredRequestPool();
        var inUse = new ConcurrentDictionary<MeteredRequest, byte>();
        var seen = new ConcurrentDictionary<MeteredRequest, byte>();
        int twice = 0;
        var threads = new Thread[Threads];
        for (int t = 0; t < Threads; t++)
        {
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    // Two at once, as a thread has that serves two requests in turn.
                    MeteredRequest first = pool.Get(), second = pool.Get();
                    if (!inUse.TryAdd(first, 0) || !inUse.TryAdd(second, 0)) Interlocked.Increment(ref twice);
                    seen.TryAdd(first, 0);
                    seen.TryAdd(second, 0);
                    inUse.TryRemove(first, out _);
                    pool.Return(first);
                    inUse.TryRemove(second, out _);
                    pool.Return(second);
                }
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(0, twice);
        // One is made anew only while all others are in use or kept for another thread, or on its way back: what comes back is used again.
        Assert.InRange(seen.Count, 2, (3 * Threads) + 1);
    }
}
