using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Updating the indicators of 64 models over 3 windows, with a mark in each; or evaluating all of them, which scrapes and reports pay, not ticks.</summary>
internal sealed class IndicatorBar(string name, double limit, bool update, bool evaluate) : Bar(name)
{
    private const int Rounds = 2000;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        using var indicators = new Indicators();
        var microseconds = new double[Rounds];
        long bytes = 0;
        for (int round = -Rounds; round < Rounds; round++)
        {
            // Measured or not, the books change between two evaluations, as in life.
            if (!update) indicators.Update();
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            if (update) indicators.Update();
            if (evaluate) indicators.Evaluate();
            double elapsed = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (round < 0) continue;
            microseconds[round] = elapsed;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        indicators.Evaluate();
        if (indicators.Taken < 65 * 3 * 8 || indicators.Defined == 0) throw new InvalidOperationException($"{indicators.Taken} indicators, {indicators.Defined} defined: not what is to be measured.");
        Array.Sort(microseconds);
        double median = microseconds[Rounds / 2];
        return new BarResult(Name, median, limit, "us", median / limit, 1, bytes / (double)Rounds, bytesPerOperation);
    }
}
