namespace GreenAI.Metering;

/// <summary>Gathers a device's intervals until processor times tell whether they were quiet.</summary>
internal sealed class QuietPeriod
{
    private double _joules;
    private double _seconds;
    private double _activeSeconds;
    private bool _broken;
    private bool _ownBusy;
    private bool _foreignBusy;

    public void Add(double joules, double activeSeconds, double seconds)
    {
        _joules += joules;
        _seconds += seconds;
        _activeSeconds += activeSeconds;
    }

    /// <summary>Energy is missing from the period: it teaches nothing.</summary>
    public void Discard() => _broken = true;

    public void End(IdleFloor floor, bool ownQuiet, bool foreignQuiet, double nowSeconds)
    {
        _ownBusy |= !ownQuiet;
        _foreignBusy |= !foreignQuiet;
        // No interval closed: the one that does reaches back into this period.
        if (_seconds == 0 && !_broken) return;
        if (!_broken)
        {
            double watts = _joules / _seconds;
            if (_activeSeconds == 0 && !_ownBusy && !_foreignBusy) floor.ObserveQuiet(watts, _seconds, nowSeconds);
            else if (_activeSeconds > 0 && !_foreignBusy) floor.ObserveActive(watts, _activeSeconds / _seconds, _seconds, nowSeconds);
        }

        Clear();
    }

    public void Clear()
    {
        _joules = _seconds = _activeSeconds = 0;
        _broken = _ownBusy = _foreignBusy = false;
    }
}
