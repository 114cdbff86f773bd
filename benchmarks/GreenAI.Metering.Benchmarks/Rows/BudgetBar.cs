using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Evaluating 1,000 budgets a tick, each with a ladder of four steps and two burn rules, all of them spent from.</summary>
internal sealed class BudgetBar() : Bar("budgets")
{
    private const int Budgets = 1000;
    private const int Ticks = 1000;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        var budgets = new BudgetTick(Budgets);
        var microseconds = new double[Ticks];
        long bytes = 0;
        for (int tick = -Ticks; tick < Ticks; tick++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            budgets.Tick();
            double elapsed = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (tick < 0) continue;
            microseconds[tick] = elapsed;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        if (budgets.Changes == 0 || budgets.Burning == 0) throw new InvalidOperationException($"{budgets.Changes} changes, {budgets.Burning} burn rules in force: not what is to be measured.");
        Array.Sort(microseconds);
        double median = microseconds[Ticks / 2];
        return new BarResult(Name, median, 1000, "us", median / 1000, 1, bytes / (double)Ticks, bytesPerOperation);
    }
}
