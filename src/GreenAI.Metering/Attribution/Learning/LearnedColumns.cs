namespace GreenAI.Metering;

/// <summary>The columns of a device's regression: the wake-up power first, then each model that was active on the device.</summary>
internal sealed class LearnedColumns
{
    /// <summary>The column of the power the device draws for being awake at all.</summary>
    public const int WakeUp = 0;

    /// <summary>The column of how much less an inference draws for each other that is active: turbo, shared units, saturation.</summary>
    public const int Crowding = 1;

    // The work of a solution grows with the square of the columns; models beyond stay at the prior.
    private const int MaxColumns = 259;
    private const double SplitModelError = 0.05;
    private const double ErrorInflation = 3;
    private const double WakeUpPrior = 0.3;
    private const double CrowdingPrior = 0.3;
    private const double LowestPower = 0.02;
    private const double LeastConcurrency = 1e-9;

    private readonly NormalEquations _equations;
    private readonly int[] _columnOf;
    private double[] _solution = [], _prior = [], _precision = [], _low = [], _product = [], _row = [], _inverse = [];
    private double[] _weight = [];
    private int[] _active = [], _chosen = [];
    private int _activeCount, _chosenCount;

    public LearnedColumns(int models, NormalEquations equations)
    {
        _equations = equations;
        _columnOf = new int[models];
        _columnOf.AsSpan().Fill(-1);
        RelativeWeight = new double[models];
        RelativeWeight.AsSpan().Fill(1);
        Add(0);
        Add(0);
    }

    /// <summary>The declared weight of each model (not column) relative to others.</summary>
    public double[] RelativeWeight { get; }

    public double[] StandardError { get; private set; } = [];

    public double[] Resolution { get; private set; } = [];

    /// <summary>Rows in which the column was active.</summary>
    public long[] Rows { get; private set; } = [];

    public Span<double> Solution => _solution.AsSpan(0, _equations.Columns);

    public ReadOnlySpan<double> Prior => _prior.AsSpan(0, _equations.Columns);

    public ReadOnlySpan<double> Precision => _precision.AsSpan(0, _equations.Columns);

    public ReadOnlySpan<double> Low => _low.AsSpan(0, _equations.Columns);

    public Span<double> Product => _product.AsSpan(0, _equations.Columns);

    /// <summary>The row read last.</summary>
    public ReadOnlySpan<double> Row => _row.AsSpan(0, _equations.Columns);

    /// <summary>Columns of the row read last that are not 0.</summary>
    public ReadOnlySpan<int> Active => _active.AsSpan(0, _activeCount);

    /// <summary>Active inferences, in the row read last.</summary>
    public double RowConcurrency { get; private set; }

    /// <summary>Watts the models account for, in the row read last.</summary>
    public double RowLoad { get; private set; }

    /// <summary>Active inferences of models without a column, weighted as declared, in the row read last.</summary>
    public double RowBeyond { get; private set; }

    /// <summary>Columns the rows tell anything about.</summary>
    public ReadOnlySpan<int> Chosen => _chosen.AsSpan(0, _chosenCount);

    /// <summary>The column of a model; −1 while it has none.</summary>
    public int Of(int model) => _columnOf[model];

    /// <summary>Turns a row's concurrency into columns, adding those of new models; true when every active one was seen often.</summary>
    public bool Read(LearningRow row, bool[] uses, int models)
    {
        _row.AsSpan().Clear();
        bool known = true;
        double total = 0, load = 0, beyond = 0;
        _activeCount = 0;
        Activate(WakeUp, row.Busy);
        for (int model = 0; model < models; model++)
        {
            double concurrency = row.Concurrency(model);
            if (concurrency <= 0 || !uses[model]) continue;
            if (_columnOf[model] < 0 && _equations.Columns < MaxColumns) _columnOf[model] = Add(RelativeWeight[model]);
            int column = _columnOf[model];
            if (column < 0)
            {
                beyond += concurrency * RelativeWeight[model];
                continue;
            }

            known &= Rows[column] >= ModelPower.IdentifiedRows;
            Activate(column, concurrency);
            total += concurrency;
            load += concurrency * _solution[column];
        }

        (RowConcurrency, RowLoad, RowBeyond) = (total, load, beyond);
        Activate(Crowding, -load * total);

        return known;
    }

    /// <summary>
    /// Sets the prior: a model's watts are pooled × its weight, give or take as much, and at least the mean; the wake-up power and
    /// crowding are 0, give or take a part of the mean.
    /// </summary>
    /// <param name="level">Watts of an inference.</param>
    /// <param name="sigma">Watts a standard row is off by.</param>
    /// <param name="concurrency">Mean concurrency.</param>
    public void SetPrior(PowerLevel level, double sigma, double concurrency)
    {
        for (int i = 0; i < _equations.Columns; i++)
        {
            _prior[i] = _weight[i] * level.Pooled;
            double spread = i == Crowding ? CrowdingPrior / Math.Max(concurrency, LeastConcurrency) : Spread(i, level);
            _precision[i] = sigma / spread * (sigma / spread) * _equations.Scale;
            // Never 0, and never above what was declared.
            _low[i] = i <= Crowding ? 0 : LowestPower * Math.Min(level.Mean, _prior[i]);
            // A column that was never solved starts at its prior.
            if (i > Crowding && _solution[i] <= 0) _solution[i] = _prior[i];
        }
    }

    /// <summary>Chooses the columns the rows tell anything about; returns how many.</summary>
    public int Choose()
    {
        _chosenCount = 0;
        double least = 1e-9 * _equations.Weight * _equations.Scale;
        for (int i = 0; i < _equations.Columns; i++)
        {
            if (i != Crowding && _equations.Diagonal(i) > least) _chosen[_chosenCount++] = i;
        }

        return _chosenCount;
    }

    /// <summary>Takes the posterior over: standard errors and resolution.</summary>
    public void Judge(Posterior posterior, double sigma, PowerLevel level)
    {
        _inverse.AsSpan().Fill(-1);
        posterior.CopyTo(_inverse);
        for (int i = 0; i < _equations.Columns; i++)
        {
            double spread = Spread(i, level);
            double precision = sigma / spread * (sigma / spread);
            bool told = _inverse[i] >= 0;
            Resolution[i] = told ? Math.Clamp(1 - (precision * _inverse[i]), 0, 1) : 0;
            StandardError[i] = told ? sigma * Math.Sqrt(_inverse[i]) : spread;
        }
    }

    /// <summary>
    /// How far a model's part of a split may be off, as a fraction: three standard errors (simulation showed errors of the
    /// model of reality, not of noise), what comes from the prior, and 5 %.
    /// </summary>
    public double Doubt(int column, double watts, double mean)
    {
        double error = ErrorInflation * Error(column, watts, mean) / watts;
        double unresolved = column >= 0 ? 1 - Resolution[column] : 1;
        return Math.Sqrt((error * error) + (unresolved * unresolved) + (SplitModelError * SplitModelError));
    }

    /// <summary>One standard error of a model's watts: that of the prior until the rows told more.</summary>
    public double Error(int column, double watts, double mean) =>
        column >= 0 && StandardError[column] > 0 ? StandardError[column] : Math.Max(mean, watts);

    /// <summary>Forgets what was told of the columns; their solution stays, as a place to start from.</summary>
    public void Forget()
    {
        Array.Clear(Rows);
        Array.Clear(Resolution);
        Array.Clear(StandardError);
    }

    // A declared weight is a guess: the watts may be those of any other inference, or of none.
    private double Spread(int column, PowerLevel level) =>
        column == WakeUp ? WakeUpPrior * level.Mean : Math.Max(level.Mean, _weight[column] * level.Pooled);

    private void Activate(int column, double value)
    {
        if (value == 0) return;
        _row[column] = value;
        _active[_activeCount++] = column;
        Rows[column]++;
    }

    private int Add(double weight)
    {
        int column = _equations.AddColumn();
        if (column == _solution.Length) Grow(Math.Max(8, column * 2));
        _weight[column] = weight;
        return column;
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref _solution, capacity);
        Array.Resize(ref _prior, capacity);
        Array.Resize(ref _precision, capacity);
        Array.Resize(ref _low, capacity);
        Array.Resize(ref _product, capacity);
        Array.Resize(ref _row, capacity);
        Array.Resize(ref _inverse, capacity);
        Array.Resize(ref _weight, capacity);
        Array.Resize(ref _active, capacity);
        Array.Resize(ref _chosen, capacity);
        (double[] errors, double[] resolution, long[] rows) = (StandardError, Resolution, Rows);
        Array.Resize(ref errors, capacity);
        Array.Resize(ref resolution, capacity);
        Array.Resize(ref rows, capacity);
        (StandardError, Resolution, Rows) = (errors, resolution, rows);
    }
}
