using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// A tick of the sampler over a fake tree of four zones (two sockets with memory), processor times and all, as a share of one
/// core at one tick per 100 ms.
/// </summary>
internal sealed class SamplerBar() : Bar("sampler, 4 zones")
{
    private const int Ticks = 4000;
    private const double Share = 0.001;
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        using var zones = new ZoneTree(sockets: 2);
        var time = new SteppedTime();
        using var meter = new EnergyMeter(
            new GreenAIMeteringOptions { SysfsRoot = zones.Root, Sources = ["rapl"] }, new MeterEnvironment { TimeProvider = time });
        for (int i = 0; i < Ticks; i++) Tick();
        var nanoseconds = new double[Ticks];
        long bytes = 0;
        for (int i = 0; i < Ticks; i++)
        {
            zones.Add(1_000_000);
            time.Step(_interval);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            meter.Engine.Tick();
            nanoseconds[i] = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(nanoseconds);
        double median = nanoseconds[Ticks / 2];
        return new BarResult(
            Name, median / 1e3, _interval.TotalMicroseconds, "us", median / _interval.TotalNanoseconds, Share, bytes / (double)Ticks, bytesPerOperation);

        void Tick()
        {
            zones.Add(1_000_000);
            time.Step(_interval);
            meter.Engine.Tick();
        }
    }
}
