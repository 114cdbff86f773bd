using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GreenAI.Metering.Tests;

/// <summary>Requests, suspensions, double completions and closes on real threads at once: what the scan saw is what is replayed.</summary>
public sealed class TraceThreadTests
{
    private const int Threads = 4;
    private const int RequestsPerThread = 6_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Replay_ManyThreads_GivesTheBillsBitForBit(int seed)
    {
        var source = new FakePowerSource(
            TimeProvider.System,
            FakePowerSource.Cpu($"trace:stress-{seed}", idle: Power.FromWatts(1)),
            FakePowerSource.Cpu($"trace:stress-wraps-{seed}", range: 50_000_000, idle: Power.Zero, updateMs: 30));
        var finals = new CollectingObserver();
        using var trace = new MemoryStream();
        var meter = new EnergyMeter(
            new GreenAIMeteringOptions { MaxScopes = 16_384, ObserverQueueCapacity = 1 << 20 },
            new MeterEnvironment { Sources = [source], ProcessorTimes = new FakeProcessorTimes(), Observers = [finals], Trace = trace });
        using var over = new CancellationTokenSource();
        var closings = new StrongBox<int>();
        Task closer = Task.Factory.StartNew(
            () => Close(meter, source, closings, over.Token), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => Request(meter, (seed * 100) + thread, closings), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        await over.CancelAsync();
        await closer;
        await meter.DisposeAsync();
        EnergyTotals live = meter.GetTotals();

        trace.Position = 0;
        var replayed = new CollectingObserver();
        TraceReplayResult result = TraceReplay.Run(trace, [replayed]);
        TraceAssert.Same(finals.All, replayed.All);
        Assert.True(result.MatchesRecording);
        // The clock ran on between the end of the trace and the totals asked for here: shares of elapsed time, and how old a reading is, differ.
        Assert.Equal(Bits.Of(live, "Elapsed", "ProcessorShare", "SinceReading"), Bits.Of(result.Totals, "Elapsed", "ProcessorShare", "SinceReading"));
    }

    // Requests run while the closer scans: what they take behind it, it has not seen when it comes to the room made ahead of it.
    [Fact]
    public void Replay_ScopeInNewRoom_WhileTheOldIsNotSeenToBeTaken_GivesTheBills()
    {
        using TraceRig rig = new(new GreenAIMeteringOptions { MaxScopes = 16_384 });
        for (int i = 0; i < 2 * SlotChunk.Size; i++) rig.Meter.Engine.Slots.Pool.Pop();
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(50_000_000, 20);
        scope.Complete();
        rig.Run(50_000_000, 20);
        rig.Meter.Engine.Tick();
        Assert.True((scope.Id & 0xF_FFFF) >= 2 * SlotChunk.Size, "The scope must be in the third chunk.");
        Assert.Equal(1, rig.AssertReplayed().Footprints);
    }

    private static void Close(EnergyMeter meter, FakePowerSource source, StrongBox<int> count, CancellationToken over)
    {
        long last = Stopwatch.GetTimestamp();
        while (!over.IsCancellationRequested)
        {
            long now = Stopwatch.GetTimestamp();
            source.Burn(60, Stopwatch.GetElapsedTime(last, now));
            last = now;
            int closings = count.Value;
            if (closings % 3 == 0) meter.Engine.CloseNow(closeStandstill: closings % 2 == 0);
            else meter.Engine.Tick();
            Volatile.Write(ref count.Value, closings + 1);
        }
    }

    private static void Request(EnergyMeter meter, int seed, StrongBox<int> closings)
    {
        var random = new Random(seed);
        var open = new Queue<InferenceScope>();
        for (int i = 0; i < RequestsPerThread; i++)
        {
            // However the threads are scheduled, closes come in between.
            if (i % 200 == 0) SpinWait.SpinUntil(() => Volatile.Read(ref closings.Value) >= i / 200);
            InferenceScope scope = meter.Begin($"model-{random.Next(4 + (i / 500))}");
            if (i % 5 == 0) scope.Suspend();
            if (i % 10 == 0) scope.Resume();
            if (i % 11 == 0) Parallel.Invoke(() => scope.Complete(), () => scope.Fail(), scope.Suspend);
            open.Enqueue(scope);
            if (open.Count < 50) continue;
            InferenceScope oldest = open.Dequeue();
            oldest.Suspend();
            oldest.Complete(random.Next(3));
            oldest.Complete();
        }
    }
}
