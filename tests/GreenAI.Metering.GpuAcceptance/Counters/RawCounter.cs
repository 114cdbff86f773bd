namespace GreenAI.Metering.GpuAcceptance;

/// <summary>The raw energy counter of one board. It is read where it moves, so that its period does not blur the ends of a phase.</summary>
internal sealed class RawCounter(RawNvml nvml, string uuid, TimeProvider time)
{
    // An edge seen between two reads that lie further apart is too blurred: the next one may be better.
    private static readonly TimeSpan _sharp = TimeSpan.FromMilliseconds(6);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private readonly nint _device = nvml.Find(uuid);

    /// <summary>Whether the board has such a counter.</summary>
    public bool Exists => nvml.TryRead(_device, out _);

    /// <summary>Waits until the counter moves; null when it does not, or cannot be read, for 3 s.</summary>
    public async Task<CounterEdge?> NextEdgeAsync()
    {
        CounterEdge? best = null;
        TimeSpan bestGap = TimeSpan.MaxValue;
        long start = time.GetTimestamp();
        (bool known, ulong last, long lastRead) = (false, 0, start);
        while (time.GetElapsedTime(start) < _patience)
        {
            bool read = nvml.TryRead(_device, out ulong millijoules);
            long now = time.GetTimestamp();
            TimeSpan gap = time.GetElapsedTime(lastRead, now);
            if (read && known && millijoules != last && gap < bestGap)
            {
                (best, bestGap) = (new CounterEdge(lastRead + ((now - lastRead) / 2), millijoules), gap);
                if (gap <= _sharp) return best;
            }

            if (read) (known, last, lastRead) = (true, millijoules, now);
            await Task.Delay(_pause, time);
        }

        return best;
    }

    /// <summary>How often the counter moves: the median of what is seen in one second, null when it moves too rarely to tell.</summary>
    public async Task<TimeSpan?> ObservePeriodAsync()
    {
        List<TimeSpan> periods = [];
        long start = time.GetTimestamp();
        CounterEdge? last = await NextEdgeAsync();
        while (last is { } edge && time.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
        {
            last = await NextEdgeAsync();
            if (last is { } next) periods.Add(time.GetElapsedTime(edge.Timestamp, next.Timestamp));
        }

        periods.Sort();
        return periods.Count >= 3 ? periods[periods.Count / 2] : null;
    }
}
