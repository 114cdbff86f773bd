namespace GreenAI.Metering;

/// <summary>What metering itself costs: the time spent closing intervals, and that time at the machine's power per busy processor.</summary>
/// <remarks>
/// The time is elapsed, so it contains what the system preempted: an upper bound of processor time. Its energy is inside the
/// books already (as this process's own); it is told apart here, not added.
/// </remarks>
internal sealed class SelfCost
{
    private const double HalfLifeSeconds = 10;

    private double _closingSeconds;
    private double _dynamicJoules;
    private double _busySeconds;
    private double _closingInPeriod;
    private double _joulesInPeriod;
    private double _periodStart;
    private double _observedSeconds;
    private double _recentClosing;

    public TimeSpan Time => TimeSpan.FromSeconds(_closingSeconds);

    /// <summary>Watts of metering; null until a busy processor's power is known, which takes a counter of processors.</summary>
    public double? Watts => _dynamicJoules > 0 && _busySeconds > 0 && _observedSeconds > 0
        ? _dynamicJoules / _busySeconds * (_recentClosing / _observedSeconds)
        : null;

    public void AddClosing(double seconds)
    {
        _closingSeconds += seconds;
        _closingInPeriod += seconds;
    }

    /// <summary>Adds dynamic energy (everybody's) of a device whose power follows processor time.</summary>
    public void AddDynamic(double joules) => _joulesInPeriod += joules;

    /// <summary>Forgets a period over which the machine's busy time is not known.</summary>
    public void DropPeriod(double nowSeconds)
    {
        _closingInPeriod = _joulesInPeriod = 0;
        _periodStart = nowSeconds;
    }

    /// <summary>Ends a period over which the machine's busy time is known.</summary>
    public void EndPeriod(double busySeconds, double nowSeconds)
    {
        double seconds = Math.Max(0, nowSeconds - _periodStart);
        double keep = Math.Pow(0.5, seconds / HalfLifeSeconds);
        _dynamicJoules = (_dynamicJoules * keep) + _joulesInPeriod;
        _busySeconds = (_busySeconds * keep) + busySeconds;
        _recentClosing = (_recentClosing * keep) + _closingInPeriod;
        _observedSeconds = (_observedSeconds * keep) + seconds;
        _closingInPeriod = _joulesInPeriod = 0;
        _periodStart = nowSeconds;
    }
}
