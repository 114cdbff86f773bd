namespace GreenAI.Metering;

/// <summary>How busy one device is and how much of that is ours: asked at most every second, held in between.</summary>
/// <remarks>These calls can take far longer than the energy counter, and are only weights: they need not be as fresh.</remarks>
internal sealed class NvmlActivity(NvmlLibrary library, uint processId, TimeProvider timeProvider)
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    private readonly NvmlProcessShare _share = new(library, processId);
    private readonly RetryPause _pause = new(timeProvider);
    private long? _polled;
    private bool _utilizationClosed;

    /// <summary>Utilisation in [0, 1], or NaN.</summary>
    public float Utilization { get; private set; } = float.NaN;

    /// <summary>Our share in [0, 1], or NaN.</summary>
    public float ProcessShare { get; private set; } = float.NaN;

    public bool IsDue(long now) =>
        _pause.IsOver(now) && (_polled is not { } polled || timeProvider.GetElapsedTime(polled, now) >= _period);

    public void Poll(nint device, long now)
    {
        _polled = now;
        bool calm = TryReadUtilization(device);
        NvmlReturnClass outcome = _share.Read(device, out float share).Classify();
        ProcessShare = share;
        if (calm && IsCalm(outcome)) _pause.Clear();
        else _pause.Fail(now);
    }

    /// <summary>The device was lost: what was known of it is not true any more.</summary>
    public void Forget()
    {
        Utilization = ProcessShare = float.NaN;
        _polled = null;
        _share.Forget();
    }

    private bool TryReadUtilization(nint device)
    {
        Utilization = float.NaN;
        if (_utilizationClosed) return true;
        NvmlReturnClass outcome = library.GetUtilization(device, out NvmlUtilization utilization).Classify();
        if (outcome == NvmlReturnClass.Ok && utilization.Gpu <= 100) Utilization = utilization.Gpu / 100f;
        _utilizationClosed = outcome == NvmlReturnClass.Unsupported;
        return IsCalm(outcome);
    }

    private static bool IsCalm(NvmlReturnClass outcome) =>
        outcome is NvmlReturnClass.Ok or NvmlReturnClass.NoData or NvmlReturnClass.Unsupported;
}
