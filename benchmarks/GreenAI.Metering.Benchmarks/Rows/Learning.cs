namespace GreenAI.Metering.Benchmarks;

/// <summary>The estimator of one device with 256 unlike models, of which a random third is active in every row.</summary>
internal sealed class Learning
{
    private const int Models = 256;

    private readonly Random _random = new(11);
    private readonly PowerEstimator _estimator = new(Models, TimeSpan.FromMilliseconds(1));
    private readonly double[] _watts = new double[Models];
    private readonly double[] _concurrency = new double[Models];
    private double _joules;
    private double _activeSeconds;

    public Learning()
    {
        for (int model = 0; model < Models; model++) _watts[model] = 1 + (30 * _random.NextDouble());
    }

    /// <summary>Makes up the next row; one model in a while changes what it draws.</summary>
    public void Before()
    {
        _watts[_random.Next(Models)] *= 0.9 + (0.2 * _random.NextDouble());
        for (int model = 0; model < Models; model++) _concurrency[model] = _random.Next(3) == 0 ? 2 * _random.NextDouble() : 0;
    }

    /// <summary>Takes the row in.</summary>
    public void Row()
    {
        double watts = 0;
        for (int model = 0; model < Models; model++)
        {
            if (_concurrency[model] == 0) continue;
            _activeSeconds += _estimator.AddActive(model, _concurrency[model] * 0.1);
            watts += _concurrency[model] * _watts[model];
        }

        _joules += watts * 0.1;
        _estimator.AddInterval(watts * 0.1, 0.1, 0.1);
        _estimator.EndInterval(Models, _joules / _activeSeconds, _joules / _activeSeconds);
    }

    /// <summary>Solves for the watts, and works out a slice of how sure they are.</summary>
    public void Solve()
    {
        _estimator.Solve();
        _estimator.Judge();
    }

    /// <summary>Mean relative error of what was learned: a solver that does nothing would be fast.</summary>
    public double Error() => Enumerable.Range(0, Models)
        .Average(model => Math.Abs(_estimator.Weights.Watts[model] - _watts[model]) / _watts[model]);
}
