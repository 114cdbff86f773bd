using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A tick with 10,000 scopes in flight, 256 models and 4 devices; a tenth of the scopes end and begin between two ticks.</summary>
internal sealed class FullTickBar() : Bar("tick, 10,000 scopes")
{
    private const int Scopes = 10_000;
    private const int Ticks = 1000;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        var time = new SteppedTime();
        using EnergyMeter meter = BenchmarkMeter.Create(time, devices: 4);
        ModelHandle[] models = [.. Enumerable.Range(0, 256).Select(i => meter.Model($"model-{i}"))];
        var scopes = new InferenceScope[Scopes];
        for (int i = 0; i < Scopes; i++) scopes[i] = meter.Begin(models[i % models.Length]);
        var microseconds = new double[Ticks];
        long bytes = 0;
        for (int tick = -Ticks / 4; tick < Ticks; tick++)
        {
            for (int i = (tick + Ticks) % 10; i < Scopes; i += 10)
            {
                scopes[i].Complete();
                scopes[i] = meter.Begin(models[i % models.Length]);
            }

            time.Step(TimeSpan.FromMilliseconds(100));
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            meter.Engine.Tick();
            if (tick < 0) continue;
            microseconds[tick] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        if (meter.GetTotals().OpenScopes < Scopes * 9 / 10) throw new InvalidOperationException("The scopes must be in flight.");
        Array.Sort(microseconds);
        double median = microseconds[Ticks / 2];
        return new BarResult(Name, median, 1000, "us", median / 1000, 1, bytes / (double)Ticks, bytesPerOperation);
    }
}
