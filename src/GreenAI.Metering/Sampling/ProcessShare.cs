namespace GreenAI.Metering;

/// <summary>
/// Our share of the machine's processor time over a trailing window of at least a second (the machine's clock moves in steps of
/// 10 ms), and whether we and the others were quiet since the last refresh. Called by the closer only.
/// </summary>
internal sealed class ProcessShare
{
    private const double WindowSeconds = 1;
    private const double RefreshSeconds = 0.05;
    private const double QuietOwnProcessors = 0.01;
    private const double QuietForeignShare = 0.02;
    private const double QuietForeignProcessors = 0.05;
    private const double TellingThrottling = 0.05;
    private const int Capacity = 32;

    private readonly IProcessorTimes _times;
    private readonly Entry[] _entries = new Entry[Capacity];
    private int _count;

    public ProcessShare(IProcessorTimes times, double nowSeconds)
    {
        _times = times;
        Refresh(nowSeconds);
    }

    /// <summary>Whether both processor times could be read, twice in a row; otherwise all dynamic energy counts as ours, and is said to.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Our share of the machine's processor time, in [0, 1]; 1 when it is not known.</summary>
    public double Own { get; private set; } = 1;

    /// <summary>Relative uncertainty of energy split by the share: processor seconds are not joules.</summary>
    public double Uncertainty => IsKnown ? 0.15 * (1 - Own) : 1;

    /// <summary>Our processor time per second since the refresh before.</summary>
    public double OwnProcessors { get; private set; }

    /// <summary>Whether this process used less than 1 % of a processor since the refresh before.</summary>
    public bool OwnQuiet { get; private set; }

    /// <summary>Whether other processes were quiet since the refresh before. True when that cannot be known.</summary>
    public bool ForeignQuiet { get; private set; } = true;

    /// <summary>
    /// Whether a processor quota held us back since the refresh before: what the machine drew meanwhile says little about what
    /// our load costs. False when that is not known.
    /// </summary>
    public bool Throttled { get; private set; }

    /// <summary>Seconds since the refresh before; 0 when nothing could be compared.</summary>
    public double PeriodSeconds { get; private set; }

    /// <summary>Online processors.</summary>
    public int Processors { get; private set; } = 1;

    /// <summary>Busy processor seconds of the machine since the refresh before.</summary>
    public double BusySeconds { get; private set; }

    /// <summary>Reads the times, at most every 50 ms; true when it did.</summary>
    public bool TryRefresh(double nowSeconds) =>
        (_count == 0 || nowSeconds - _entries[_count - 1].Time >= RefreshSeconds) && Refresh(nowSeconds);

    private bool Refresh(double nowSeconds)
    {
        if (!_times.TryRead(out ProcessorTimesReading reading))
        {
            // What happened meanwhile is unknown: no share is carried over, and the period is not taken for a quiet one.
            (IsKnown, _count, Own, OwnQuiet, Throttled) = (false, 0, 1, false, false);
            return false;
        }

        var now = new Entry(nowSeconds, reading.OwnSeconds, reading.BusySeconds, reading.ThrottledSeconds);
        if (_count > 0) Compare(_entries[_count - 1], now, reading.ProcessorCount);
        Append(now);
        Entry oldest = _entries[0];
        double busy = now.Busy - oldest.Busy;
        if (busy > 0) Own = Math.Clamp((now.Own - oldest.Own) / busy, 0, 1);
        // One reading tells no share, only where the next one starts from.
        return IsKnown = _count > 1;
    }

    private void Compare(in Entry before, in Entry now, int processors)
    {
        // A busy group with a quota is held back a little all the time: only what bends its load counts. NaN, for unknown, is above nothing.
        double held = now.Throttled - before.Throttled;
        Throttled = held > 0 && held >= TellingThrottling * (now.Own - before.Own);
        double seconds = now.Time - before.Time;
        (PeriodSeconds, Processors) = (Math.Max(0, seconds), Math.Max(1, processors));
        if (seconds <= 0) return;
        BusySeconds = now.Busy - before.Busy;
        OwnProcessors = (now.Own - before.Own) / seconds;
        OwnQuiet = OwnProcessors < QuietOwnProcessors;
        double foreign = (BusySeconds / seconds) - OwnProcessors;
        // One step of the machine's clock in a short period is not yet foreign load.
        double step = 0.01 / seconds;
        ForeignQuiet = foreign <= Math.Max(Math.Max(QuietForeignProcessors, QuietForeignShare * processors), step);
    }

    // Keeps just enough history to span the window.
    private void Append(in Entry now)
    {
        int drop = 0;
        while (drop + 1 < _count && now.Time - _entries[drop + 1].Time >= WindowSeconds) drop++;
        if (_count - drop == Capacity) drop++;
        if (drop > 0) Array.Copy(_entries, drop, _entries, 0, _count - drop);
        _count -= drop;
        _entries[_count++] = now;
    }

    private readonly record struct Entry(double Time, double Own, double Busy, double Throttled);
}
