namespace GreenAI.Metering;

/// <summary>Learns what one active inference of each model draws from one device. Called by the closer only.</summary>
/// <remarks>
/// Attribution, section 5. Rows of mean watts over mean concurrency and the busy share of the time go into normal equations that
/// forget with a half-life of 60 s of active rows; a ridge prior stands for the equal time share, so that a mix that cannot be told
/// apart stays there. Outliers weigh less (Huber, 3 σ), and many in a row shrink the history: a model changed.
/// </remarks>
internal sealed class PowerEstimator
{
    private const double HalfLifeSeconds = 60;
    private const double SolveSeconds = 0.5;
    private const double StandardRowSeconds = 0.1;
    private const int OutliersOfChange = 20;
    private const double KeptAfterChange = 0.25;
    private const double Tolerance = 1e-3;
    private const double LeastNoise = 0.01;
    private const int SliceMultiplications = 150_000;

    private readonly LearnedColumns _columns;
    private readonly NormalEquations _equations = new();
    private readonly Posterior _posterior = new();
    private readonly LearningRow _row;
    private readonly double _rowSeconds;
    private PowerLevel _level;
    private PowerLevel _published = new(1, 1);
    private double _sigma;
    private Surprise _surprise;
    private WakeUpSharing _sharing;
    private double _posteriorSigma;
    private PowerLevel _posteriorLevel;
    private double _unsolvedSeconds = SolveSeconds;
    private int _outliers;
    private bool _known;
    private bool _unfinished;

    /// <param name="models">Room for models.</param>
    /// <param name="updatePeriod">How often the device's counter moves: a row is at least five of them.</param>
    public PowerEstimator(int models, TimeSpan updatePeriod)
    {
        _rowSeconds = Math.Max(StandardRowSeconds, 5 * updatePeriod.TotalSeconds);
        _row = new LearningRow(models);
        _columns = new LearnedColumns(models, _equations);
        Weights = new ShareWeights(models);
        Publish();
    }

    /// <summary>By what the device's energy is to be split now.</summary>
    public ShareWeights Weights { get; }

    /// <summary>
    /// Whether a solution is due: every half second, after every row while a model in it is new, and while the last one has to go on.
    /// </summary>
    public bool IsDue => _equations.Weight > 0 && (_unfinished || _unsolvedSeconds >= SolveSeconds || (_unsolvedSeconds > 0 && !_known));

    /// <summary>Declares a model before its first use.</summary>
    public void Declare(int model, double relativeWeight, bool uses)
    {
        _columns.RelativeWeight[model] = relativeWeight;
        Weights.Uses[model] = uses;
        Weights.AllUse &= uses;
        Publish(model);
    }

    /// <summary>Adds an interval to the row under way.</summary>
    /// <param name="joules">Energy above the floor, after the process share.</param>
    /// <param name="seconds">Length.</param>
    /// <param name="busySeconds">Time in which any model that uses the device was active.</param>
    public void AddInterval(double joules, double seconds, double busySeconds) => _row.Add(joules, seconds, busySeconds);

    /// <summary>Adds a model's active time in the interval; returns it weighted by the model's relative weight.</summary>
    public double AddActive(int model, double seconds)
    {
        _row.AddActive(model, seconds);
        return seconds * _columns.RelativeWeight[model];
    }

    /// <summary>Forgets the row under way: its energy is not known, or not the models' doing.</summary>
    public void DropRow() => _row.Clear();

    /// <summary>Forgets all rows: they were taken over another floor.</summary>
    public void Restart()
    {
        _row.Clear();
        _equations.Clear();
        _posterior.Cancel();
        _columns.Forget();
        _outliers = 0;
        _known = false;
        _sigma = 0;
        _level = default;
        Weights.Learned = false;
        _surprise = default;
        _sharing = default;
    }

    /// <summary>Takes the row in if it is long enough.</summary>
    /// <param name="models">How many models are in use.</param>
    /// <param name="pooledWatts">Watts of one active inference of relative weight 1, whatever its model; 0 when not known.</param>
    /// <param name="meanWatts">Watts of one active inference, declared weights apart; 0 when not known.</param>
    public void EndInterval(int models, double pooledWatts, double meanWatts)
    {
        Pool(new PowerLevel(pooledWatts, meanWatts));
        // A tick comes a little early or late.
        if (_row.Seconds < _rowSeconds * 0.95) return;
        if (_row.Busy > 0)
        {
            _known = _columns.Read(_row, Weights.Uses, models);
            _sharing.Add(_row.Busy, _columns.RowConcurrency, _columns.RowLoad);
            Learn();
            _unsolvedSeconds += _row.Seconds;
        }

        _row.Clear();
    }

    /// <summary>Works out a slice of how sure the last solution is; false when there was nothing to do.</summary>
    public bool Judge()
    {
        if (!_posterior.Running) return false;
        if (!_posterior.Step(SliceMultiplications)) return true;
        _columns.Judge(_posterior, _posteriorSigma, _posteriorLevel);
        Publish();
        return true;
    }

    /// <summary>Solves for the watts and publishes them.</summary>
    public void Solve()
    {
        _unsolvedSeconds = 0;
        _unfinished = false;
        if (!_level.IsKnown) return;
        double sigma = Math.Max(_sigma, LeastNoise * _level.Mean);
        _columns.SetPrior(_level, sigma, _sharing.Concurrency);
        _unfinished = !CoordinateDescent.Solve(
            _equations, _columns.Solution, _columns.Prior, _columns.Precision, _columns.Low, _columns.Product, Tolerance * _level.Mean, out _);
        int told = _columns.Choose();
        double freedom = Math.Max(_equations.Weight - told, _equations.Weight / 4);
        _sigma = Math.Sqrt(_equations.SquaredResiduals(_columns.Solution, _columns.Product) / freedom);
        Weights.WakeUp = _columns.Solution[LearnedColumns.WakeUp];
        Weights.Crowding = _columns.Solution[LearnedColumns.Crowding];
        Publish();
        if (_posterior.Running) return;
        (_posteriorSigma, _posteriorLevel) = (sigma, _level);
        _posterior.Begin(_equations, _columns.Precision, _columns.Chosen);
    }

    /// <summary>What was learned of a model; false when nothing was observed yet.</summary>
    public bool TryGet(int model, out LearnedPower learned)
    {
        learned = default;
        int column = _columns.Of(model);
        if (column < 0 || !_level.IsKnown) return false;
        double watts = Watts(model, column);
        learned = new LearnedPower(
            watts, _columns.Error(column, watts, _published.Mean), _columns.Resolution[column], _columns.Rows[column]);
        return true;
    }

    private void Learn()
    {
        double weight = Math.Min(_row.Seconds / StandardRowSeconds, 100);
        double keep = Math.Pow(0.5, _row.Seconds / HalfLifeSeconds);
        // Models without a column are taken to draw what their prior says.
        double watts = _row.Watts - (_columns.RowBeyond * _level.Pooled);
        double residual = Math.Abs(watts - Vectors.Dot(_columns.Solution, _columns.Row)) * Math.Sqrt(weight);
        // Of a model that was hardly seen nothing can be called an outlier.
        double limit = _known ? _surprise.Limit(LeastNoise * _level.Mean) : double.MaxValue;
        bool outlier = residual > limit;
        if (_known) _surprise.Add(Math.Min(residual, limit), 1 - keep);
        _outliers = Math.Max(0, _outliers + (outlier ? 1 : -1));
        if (outlier) weight *= limit / residual;
        if (_outliers >= OutliersOfChange)
        {
            _outliers = 0;
            keep *= KeptAfterChange;
        }

        _equations.Add(_columns.Row, _columns.Active, watts, weight, keep);
    }

    // Until a solution says more, every model's watts follow the pooled.
    private void Pool(PowerLevel level)
    {
        bool first = !_level.IsKnown && level.IsKnown;
        _level = level;
        if (first) Publish();
    }

    // All at once, those not registered yet too: a scope of a new model may be seen before the model is declared.
    private void Publish()
    {
        if (_level.IsKnown) _published = _level;
        Weights.Learned |= _level.IsKnown;
        for (int model = 0; model < Weights.Watts.Length; model++) Publish(model);
    }

    private void Publish(int model)
    {
        int column = _columns.Of(model);
        double watts = Watts(model, column);
        Weights.Watts[model] = Weights.Uses[model] ? watts : 0;
        double doubt = _columns.Doubt(column, watts, _published.Mean);
        double sharing = _sharing.Doubt(watts, Weights.WakeUp);
        Weights.Doubt[model] = Math.Sqrt((doubt * doubt) + (sharing * sharing));
    }

    // A column that was never solved is 0; a solution never is.
    private double Watts(int model, int column) => column >= 0 && _columns.Solution[column] > 0
        ? _columns.Solution[column]
        : _columns.RelativeWeight[model] * _published.Pooled;
}
