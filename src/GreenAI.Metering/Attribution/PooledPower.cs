namespace GreenAI.Metering;

/// <summary>Watts of one active inference, whatever its model, with a half-life of 60 s.</summary>
internal struct PooledPower
{
    private const double HalfLifeSeconds = 60;

    private double _joules;
    private double _idleJoules;
    private double _activeSeconds;
    private double _weightedSeconds;

    /// <summary>Dynamic watts of one active inference of relative weight 1; 0 until one was seen.</summary>
    public readonly double Watts => _weightedSeconds > 0 ? _joules / _weightedSeconds : 0;

    /// <summary>Dynamic watts of one active inference, declared weights apart; 0 until one was seen.</summary>
    public readonly double MeanWatts => _activeSeconds > 0 ? _joules / _activeSeconds : 0;

    /// <summary>Watts of idle floor per active inference; 0 until one was seen.</summary>
    public readonly double IdleWatts => _activeSeconds > 0 ? _idleJoules / _activeSeconds : 0;

    /// <summary>Idle energy for each joule of dynamic energy, while inferences were active.</summary>
    public readonly double IdlePerDynamic => _joules > 0 ? _idleJoules / _joules : 1;

    /// <param name="joules">Dynamic energy of the interval.</param>
    /// <param name="idleJoules">Idle energy of the interval.</param>
    /// <param name="activeSeconds">Active time summed over scopes.</param>
    /// <param name="weightedSeconds">The same, each scope weighted by its model's declared relative weight.</param>
    /// <param name="seconds">Length of the interval.</param>
    public void Add(double joules, double idleJoules, double activeSeconds, double weightedSeconds, double seconds)
    {
        if (activeSeconds <= 0) return;
        double keep = Math.Pow(0.5, seconds / HalfLifeSeconds);
        _joules = (_joules * keep) + joules;
        _idleJoules = (_idleJoules * keep) + idleJoules;
        _activeSeconds = (_activeSeconds * keep) + activeSeconds;
        _weightedSeconds = (_weightedSeconds * keep) + weightedSeconds;
    }
}
