namespace GreenAI.Metering;

/// <summary>
/// A sliding window over counters that only grow: marks at thirtieths of its length. What lies in the window is what the counters
/// are now, less what they were at the newest mark that is at least its length old, so sums are exact whatever the time.
/// </summary>
/// <remarks>Fixed memory: 32 marks. The window that is told is up to a thirtieth longer than asked for; its true length is told too.</remarks>
internal sealed class KpiWindow(TimeSpan length, long frequency)
{
    public const int Marks = 32;

    private const int Steps = 30;

    private readonly long _length = (long)(length.TotalSeconds * frequency);
    private readonly long[] _times = new long[Marks];
    private int _count;
    private int _last = -1;

    public TimeSpan Length => length;

    public bool IsDue(long now) => _count == 0 || now - _times[_last] >= _length / Steps;

    /// <summary>Sets a mark; counters are to be copied into its place.</summary>
    /// <returns>The place.</returns>
    public int Push(long now)
    {
        _last = (_last + 1) % Marks;
        _times[_last] = now;
        _count = Math.Min(_count + 1, Marks);
        return _last;
    }

    /// <summary>The place of the mark at which the window begins, and its time; the oldest there is while the window fills.</summary>
    public (int Place, long Time) Start(long now)
    {
        int place = _last;
        for (int i = 0; i < _count; i++)
        {
            place = (_last - i + Marks) % Marks;
            if (now - _times[place] >= _length) break;
        }

        return (place, _times[place]);
    }
}
