using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A tick with 10,000 scopes in flight, 256 models and 4 devices; a tenth of the scopes end and begin between two ticks.</summary>
internal sealed class FullTickBar() : Bar("tick, 10,000 scopes")
{
    private const int Ticks = 1000;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        using var full = new FullTick();
        var microseconds = new double[Ticks];
        long bytes = 0;
        for (int tick = -Ticks / 4; tick < Ticks; tick++)
        {
            full.Before();
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            full.Tick();
            double elapsed = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (tick < 0) continue;
            microseconds[tick] = elapsed;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(microseconds);
        double median = microseconds[Ticks / 2];
        return new BarResult(Name, median, 1000, "us", median / 1000, 1, bytes / (double)Ticks, bytesPerOperation);
    }
}
