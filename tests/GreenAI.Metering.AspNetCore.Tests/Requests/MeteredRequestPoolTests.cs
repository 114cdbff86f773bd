using System.Collections.Concurrent;
using System.Numerics;
using GreenAI.Metering.AspNetCore.Tests.Support;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class MeteredRequestPoolTests
{
    private const int Threads = 8;
    private const int Rounds = 20_000;

    [Fact]
    public async Task Pool_OfManyThreads_GivesNoneTwice_AndKeepsAllThatCameBack()
    {
        await using WebRig rig = await WebRig.StartAsync(_ => { });
        var pool = new MeteredRequestPool(RequestMetering.From(rig.App.Services));
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
                    // Two at once, as a processor has that serves two requests in turn.
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
        // One is made anew only while all others are in use or kept for another processor, or on its way back: what comes back is used again.
        Assert.InRange(seen.Count, 2, (2 * Threads) + (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) + 1);
    }
}
