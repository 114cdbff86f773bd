using System.Diagnostics;

namespace GreenAI.Metering.Tests;

/// <summary>Requests, double completions, suspensions and closings on real threads at once.</summary>
public sealed class ScopeStressTests
{
    private const int Threads = 4;
    private const int RequestsPerThread = 60_000;

    [Fact]
    public async Task A10_ManyThreads_BooksBalance_NoSlotLeaks_EachRequestBilledOnce()
    {
        var source = new FakePowerSource(
            TimeProvider.System,
            FakePowerSource.Cpu("fake:stress", idle: Power.FromWatts(1)),
            FakePowerSource.Cpu("fake:stress-wraps", range: 50_000_000, idle: Power.Zero, updateMs: 30));
        var finals = new SummingFinals();
        var meter = new EnergyMeter(
            new GreenAIMeteringOptions { MaxScopes = 16_384, ObserverQueueCapacity = 1 << 20 },
            new MeterEnvironment { Sources = [source], ProcessorTimes = new FakeProcessorTimes(), Observers = [finals] });
        using var over = new CancellationTokenSource();
        Task power = Task.Run(() => Burn(source, over.Token), TestContext.Current.CancellationToken);
        Task<int> closer = Task.Run(() => Close(meter, over.Token), TestContext.Current.CancellationToken);
        long[] begun = await Task.WhenAll(Enumerable.Range(0, Threads).Select(seed => Task.Factory.StartNew(
            () => Request(meter, seed), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        await over.CancelAsync();
        await power;
        Assert.True(await closer > 10, "The closer must have interleaved with the requests.");

        EnergyTotals totals = await meter.SettleAsync(TestContext.Current.CancellationToken);
        Books.AssertBalanced(totals);
        Assert.Equal(0, totals.OpenScopes);
        Assert.Equal(Energy.Zero, totals.Open);
        Assert.Equal(begun.Sum(), totals.Models.Sum(model => model.Inferences));
        meter.Engine.Tick();
        SlotAssert.NoneLeaked(meter.Engine.Slots);
        await meter.DisposeAsync();
        Assert.Equal((begun.Sum(), totals.Settled.Microjoules), (finals.Count, finals.Microjoules));
    }

    [Fact]
    public void GetOrAdd_TwoThreadsOfTheSameNewName_IndexIsBelowCount()
    {
        int early = 0;
        for (int round = 0; round < 20; round++)
        {
            var registry = new ModelRegistry(4096);
            Parallel.For(0, 2, _ =>
            {
                for (int i = 0; i < 4096; i++)
                {
                    if (registry.GetOrAdd($"m{i}", out bool _) >= registry.Count) Interlocked.Increment(ref early);
                }
            });
        }

        Assert.Equal(0, early);
    }

    private static void Burn(FakePowerSource source, CancellationToken over)
    {
        long last = Stopwatch.GetTimestamp();
        while (!over.IsCancellationRequested)
        {
            long now = Stopwatch.GetTimestamp();
            source.Burn(60, Stopwatch.GetElapsedTime(last, now));
            last = now;
            Thread.Yield();
        }
    }

    private static int Close(EnergyMeter meter, CancellationToken over)
    {
        int closings = 0;
        while (!over.IsCancellationRequested)
        {
            if (closings % 3 == 0) meter.Engine.CloseNow(closeStandstill: closings % 2 == 0);
            else meter.Engine.Tick();
            Books.AssertBalanced(meter.GetTotals());
            closings++;
        }

        return closings;
    }

    // Returns how many requests were tracked: at the cap a scope is a no-op, which the meter counts as dropped.
    private static long Request(EnergyMeter meter, int seed)
    {
        var random = new Random(seed);
        ModelHandle[] models = [.. Enumerable.Range(0, 4).Select(i => meter.Model($"model-{i}"))];
        long tracked = 0;
        InferenceScope stale = default;
        for (int i = 0; i < RequestsPerThread; i++)
        {
            InferenceScope scope = meter.Begin(models[random.Next(models.Length)]);
            if (scope.IsTracked) tracked++;
            stale.Complete();
            if (i % 7 == 0)
            {
                scope.Suspend();
                scope.Resume();
            }

            if (i % 11 == 0) Parallel.Invoke(() => scope.Complete(), () => scope.Fail(), scope.Suspend);
            else if (i % 13 == 0) scope.Suspend();
            if (i % 17 == 0) scope.Dispose();
            scope.Complete();
            scope.Complete();
            stale = scope;
        }

        return tracked;
    }

    private sealed class SummingFinals : IInferenceObserver
    {
        public long Count { get; private set; }

        public long Microjoules { get; private set; }

        public void OnFinal(in InferenceFootprint footprint)
        {
            Count++;
            Microjoules += footprint.MarginalMicrojoules;
        }
    }
}
