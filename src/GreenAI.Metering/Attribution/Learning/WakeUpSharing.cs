namespace GreenAI.Metering;

/// <summary>How far the sharing of the wake-up power is in doubt.</summary>
/// <remarks>
/// A constant beside the models' watts is shared by active time, as the cost of being awake is. But where the device never slept,
/// the same constant may come from saturation or from other processes, which belong to models by their watts: the difference of
/// the two is what a bill may be off by. It vanishes as the busy share of the time varies.
/// </remarks>
internal struct WakeUpSharing
{
    private const double Memory = 0.01;
    private const double TellingVariance = 0.01;

    private double _rows;
    private double _busy;
    private double _busySquares;
    private double _load;

    /// <summary>Mean concurrency of recent rows.</summary>
    public double Concurrency { get; private set; }

    public void Add(double busy, double concurrency, double load)
    {
        _rows = Math.Min(_rows + 1, 1 / Memory);
        double share = 1 / _rows;
        _busy += share * (busy - _busy);
        _busySquares += share * ((busy * busy) - _busySquares);
        _load += share * (load - _load);
        Concurrency += share * (concurrency - Concurrency);
    }

    /// <summary>How far a model's part may be off, as a fraction of it.</summary>
    /// <param name="watts">Watts of one active inference of the model.</param>
    /// <param name="wakeUp">The wake-up power.</param>
    public readonly double Doubt(double watts, double wakeUp)
    {
        if (wakeUp <= 0 || Concurrency <= 0 || _load <= 0) return 0;
        double byTime = wakeUp * _busy / Concurrency, byWatts = wakeUp * _busy * watts / _load;
        double variance = Math.Max(0, _busySquares - (_busy * _busy));
        return Math.Abs(byTime - byWatts) / (watts + byTime) * TellingVariance / (TellingVariance + variance);
    }
}
