namespace GreenAI.Metering;

/// <summary>When to try again what failed: after 1 s, then twice as long each time, at most 60 s.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RetryPause(TimeProvider timeProvider)
{
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private TimeSpan _pause;
    private long _failed;

    public bool IsOver(long now) => _pause == TimeSpan.Zero || timeProvider.GetElapsedTime(_failed, now) >= _pause;

    /// <summary>Notes a failure; several of one moment (opened again, and then not to be read) are one.</summary>
    public void Fail(long now)
    {
        if (_pause != TimeSpan.Zero && now == _failed) return;
        _failed = now;
        _pause = _pause == TimeSpan.Zero ? _first : _pause >= _longest / 2 ? _longest : _pause * 2;
    }

    public void Clear() => _pause = TimeSpan.Zero;
}
