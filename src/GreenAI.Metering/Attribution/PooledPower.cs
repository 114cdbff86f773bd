namespace GreenAI.Metering;

/// <summary>Watts of one active inference, whatever its model, with a half-life of 60 s of active time.</summary>
internal struct PooledPower
{
    private const double HalfLifeSeconds = 60;

    private double _joules;
    private double _idleJoules;
    private double _activeSeconds;

    public readonly double Watts => _activeSeconds > 0 ? _joules / _activeSeconds : 0;

    public readonly double IdleWatts => _activeSeconds > 0 ? _idleJoules / _activeSeconds : 0;

    public readonly bool IsLearned => _activeSeconds > 0;

    /// <param name="joules">Dynamic energy of the interval.</param>
    /// <param name="idleJoules">Idle energy of the interval.</param>
    /// <param name="activeSeconds">Active time summed over scopes.</param>
    /// <param name="seconds">Length of the interval.</param>
    public void Add(double joules, double idleJoules, double activeSeconds, double seconds)
    {
        if (activeSeconds <= 0) return;
        double keep = Math.Pow(0.5, seconds / HalfLifeSeconds);
        _joules = (_joules * keep) + joules;
        _idleJoules = (_idleJoules * keep) + idleJoules;
        _activeSeconds = (_activeSeconds * keep) + activeSeconds;
    }
}
