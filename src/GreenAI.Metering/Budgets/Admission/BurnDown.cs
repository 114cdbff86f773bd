namespace GreenAI.Metering;

/// <summary>What was left of a budget over its period, at some sixty moments. Written by the closer, read by anybody.</summary>
internal sealed class BurnDown
{
    private const int Points = 60;

    private readonly object _gate = new();
    private readonly long[] _times = new long[Points];
    private readonly double[] _left = new double[Points];
    private long _period = long.MinValue;
    private long _last = long.MinValue;
    private int _count;

    /// <summary>Takes what is left; keeps it when a sixtieth of the period has passed since the last that was kept.</summary>
    public void Add(DateTimeOffset utc, in BudgetPeriod period, bool rolls, double left)
    {
        long start = rolls ? 0 : period.Start.UtcTicks, step = Step(period);
        if (start == _period && utc.UtcTicks - _last < step) return;
        lock (_gate)
        {
            if (start != _period) _count = 0;
            (_period, _last) = (start, utc.UtcTicks);
            if (_count == Points)
            {
                Array.Copy(_times, 1, _times, 0, Points - 1);
                Array.Copy(_left, 1, _left, 0, Points - 1);
                _count--;
            }

            (_times[_count], _left[_count]) = (utc.UtcTicks, left);
            _count++;
        }
    }

    public IReadOnlyList<BurnDownPoint> ToList()
    {
        lock (_gate)
        {
            var points = new BurnDownPoint[_count];
            for (int i = 0; i < _count; i++) points[i] = new BurnDownPoint(new DateTimeOffset(_times[i], TimeSpan.Zero), _left[i]);
            return points;
        }
    }

    // A budget without an end gets a point a day.
    private static long Step(in BudgetPeriod period) =>
        period.End == DateTimeOffset.MaxValue ? TimeSpan.TicksPerDay : Math.Max(1, (period.End - period.Start).Ticks / Points);
}
