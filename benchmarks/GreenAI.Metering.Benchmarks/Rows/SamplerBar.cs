using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A tick of the sampler over four zones as a share of one core at one tick per 100 ms.</summary>
internal sealed class SamplerBar() : Bar("sampler, 4 zones")
{
    private const int Ticks = 4000;
    private const double Share = 0.001;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        using var sampler = new SamplerTick();
        var nanoseconds = new double[Ticks];
        long bytes = 0;
        for (int i = -Ticks; i < Ticks; i++)
        {
            sampler.Before();
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            sampler.Tick();
            double elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
            if (i < 0) continue;
            nanoseconds[i] = elapsed;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(nanoseconds);
        double median = nanoseconds[Ticks / 2];
        return new BarResult(
            Name, median / 1e3, SamplerTick.Interval.TotalMicroseconds, "us", median / SamplerTick.Interval.TotalNanoseconds, Share,
            bytes / (double)Ticks, bytesPerOperation);
    }
}
