using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A row and a solution of the learned watts of 256 models on one device.</summary>
internal sealed class LearningBar() : Bar("learning, 256 models")
{
    private const int Rows = 1000;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        var learning = new Learning();
        var microseconds = new double[Rows];
        long bytes = 0;
        for (int row = -Rows; row < Rows; row++)
        {
            learning.Before();
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            learning.Row();
            learning.Solve();
            double elapsed = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            if (row < 0) continue;
            microseconds[row] = elapsed;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        if (learning.Error() > 0.2) throw new InvalidOperationException($"The watts must be learned; they are {learning.Error():P0} off.");
        Array.Sort(microseconds);
        double median = microseconds[Rows / 2];
        return new BarResult(Name, median, 1000, "us", median / 1000, 1, bytes / (double)Rows, bytesPerOperation);
    }
}
