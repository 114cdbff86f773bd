namespace GreenAI.Metering;

/// <summary>Moments over a window that moves on by its half: each time a half is over, those of the last two halves are told.</summary>
/// <remarks>Halves lie at multiples of their length from the calendar's first day on. Not thread-safe; allocates at construction only.</remarks>
internal sealed class WindowedMoments
{
    private readonly long _half;
    private long _number = long.MinValue;
    private RunningMoments _before;
    private RunningMoments _current;
    private RunningMoments _last;

    /// <summary>Makes an empty one.</summary>
    /// <param name="window">The window; more than a tick.</param>
    public WindowedMoments(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.FromTicks(2));
        _half = window.Ticks / 2;
    }

    /// <summary>The moments of the last window that is over; none before the first half is.</summary>
    public ref readonly RunningMoments Last => ref _last;

    /// <summary>Adds a number. Call <see cref="MoveTo"/> with the same time before.</summary>
    public void Add(double value) => _current.Add(value);

    /// <summary>Moves to a time; one that goes back is taken for the latest seen.</summary>
    /// <returns>Whether a half is over, so that <see cref="Last"/> is new.</returns>
    public bool MoveTo(long nowTicks)
    {
        long number = nowTicks / _half;
        if (_number == long.MinValue) _number = number;
        if (number <= _number) return false;
        bool skips = number > _number + 1;
        _number = number;

        // A half without a tick saw nothing: the next window has nothing of what was before it.
        _last = _current;
        _last.Add(_before);
        _before = skips ? default : _current;
        _current = default;
        return true;
    }
}
