using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Begin and complete on as many threads as cores at once, against the clock reads on as many threads at once.</summary>
internal sealed class ParallelRequestBar() : Bar("request, all cores")
{
    private const int Pairs = 601;
    private const int WarmUp = 200;
    private const int Block = 4096;
    private const double Limit = 1.5;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        int threads = Environment.ProcessorCount;
        using EnergyMeter meter = BenchmarkMeter.Create(TimeProvider.System);
        ModelHandle model = meter.Model("model");
        var ours = new double[threads][];
        var floor = new double[threads][];
        long bytes = 0;
        using var barrier = new Barrier(threads, _ => meter.Engine.CloseNow(closeStandstill: true));
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(t => new Thread(() => Run(t)))];
        foreach (Thread worker in workers) worker.Start();
        foreach (Thread worker in workers) worker.Join();
        if (meter.GetTotals().DroppedScopes > 0) throw new InvalidOperationException("A dropped scope costs less than a tracked one.");
        double[] own = ours.SelectMany(some => some).Order().ToArray();
        double[] bare = floor.SelectMany(some => some).Order().ToArray();
        double[] ratios = Enumerable.Range(0, threads).SelectMany(t => ours[t].Zip(floor[t], (a, b) => a / b)).Order().ToArray();
        return new BarResult(
            Name, own[own.Length / 2], bare[bare.Length / 2], "ns", ratios[ratios.Length / 2], Limit,
            bytes / (double)(Pairs * Block * threads), bytesPerOperation);

        void Run(int thread)
        {
            ours[thread] = new double[Pairs];
            floor[thread] = new double[Pairs];
            Action requests = Requests, clock = Clock;
            for (int pair = -WarmUp; pair < Pairs; pair++)
            {
                barrier.SignalAndWait();
                long before = GC.GetAllocatedBytesForCurrentThread();
                double a = Time(requests);
                long after = GC.GetAllocatedBytesForCurrentThread();
                barrier.SignalAndWait();
                double b = Time(clock);
                if (pair < 0) continue;
                ours[thread][pair] = a;
                floor[thread][pair] = b;
                Interlocked.Add(ref bytes, after - before);
            }
        }

        static void Clock() => ClockFloor.Run(Block);

        void Requests()
        {
            for (int i = 0; i < Block; i++) meter.Begin(model).Complete();
        }
    }

    private static double Time(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Block;
    }
}
