using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>F of the design: two reads of the clock.</summary>
internal static class ClockFloor
{
    private static long _sink;

    public static void Run(int operations)
    {
        long sum = 0;
        for (int i = 0; i < operations; i++) sum += Stopwatch.GetTimestamp() - Stopwatch.GetTimestamp();
        _sink = sum;
    }
}
