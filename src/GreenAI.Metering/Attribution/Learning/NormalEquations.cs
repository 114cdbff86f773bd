namespace GreenAI.Metering;

/// <summary>The sums of weighted least squares, with forgetting: Σ w·x·xᵀ, Σ w·x·y, Σ w·y² and Σ w.</summary>
/// <remarks>
/// Forgetting is lazy: instead of shrinking the history, each new row weighs more, and everything is divided by
/// <see cref="Scale"/> when it is used. Rows wait for the next look at the matrix: with 256 models it is larger than a
/// processor's nearest caches, and one way through it for several rows costs hardly more than for one.
/// </remarks>
internal sealed class NormalEquations
{
    private const double LargestScale = 1e60;

    // From 8 by doubling to 64, then by 25 to 264: all the columns there may be. A square of doubles is most of a learner's memory.
    private const int LargestStep = 25;

    private const int MaxPending = 8;

    private double[] _matrix = [];
    private double[] _pendingRows = [];
    private readonly double[] _pendingWeights = new double[MaxPending];
    private int _pending;
    private double[] _right = [];
    private double _squares;
    private double _weight;

    /// <summary>How many columns there are.</summary>
    public int Columns { get; private set; }

    /// <summary>What every sum has to be divided by.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Weight of all rows, what was forgotten apart.</summary>
    public double Weight => _weight / Scale;

    /// <summary>A row of the matrix, without the rows that wait (<see cref="Flush"/>).</summary>
    public ReadOnlySpan<double> Row(int column) => _matrix.AsSpan(column * _right.Length, Columns);

    public double Diagonal(int column) => _matrix[(column * _right.Length) + column];

    public ReadOnlySpan<double> Right => _right.AsSpan(0, Columns);

    /// <summary>Makes room for one more column and returns its index. Allocates when the room grows.</summary>
    public int AddColumn()
    {
        if (Columns == _right.Length) Grow(Math.Max(8, Math.Min(Columns * 2, Columns + LargestStep)));
        return Columns++;
    }

    /// <summary>Takes in a row.</summary>
    /// <param name="x">A value per column, zeros included.</param>
    /// <param name="active">The columns whose value is not 0.</param>
    /// <param name="y">What the row explains.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="keep">How much of the history is kept, in (0, 1].</param>
    public void Add(ReadOnlySpan<double> x, ReadOnlySpan<int> active, double y, double weight, double keep)
    {
        Scale /= keep;
        if (Scale > LargestScale) Normalize();
        double scaled = weight * Scale;
        foreach (int column in active) _right[column] += scaled * x[column] * y;
        _squares += scaled * y * y;
        _weight += scaled;
        Span<double> row = Pending(_pending);
        x[..Columns].CopyTo(row);
        row[Columns..].Clear();
        _pendingWeights[_pending++] = scaled;
        if (_pending == MaxPending) Flush();
    }

    /// <summary>Adds the rows that wait to the matrix.</summary>
    public void Flush()
    {
        if (_pending == 0) return;
        for (int column = 0; column < Columns; column++)
        {
            Span<double> target = _matrix.AsSpan(column * _right.Length, Columns);
            for (int row = 0; row < _pending; row++)
            {
                ReadOnlySpan<double> x = Pending(row);
                if (x[column] != 0) Vectors.AddScaled(target, _pendingWeights[row] * x[column], x);
            }
        }

        _pending = 0;
    }

    /// <summary>Forgets everything but the columns.</summary>
    public void Clear()
    {
        Array.Clear(_matrix);
        Array.Clear(_right);
        _pending = 0;
        _squares = _weight = 0;
        Scale = 1;
    }

    /// <summary>Weighted sum of squared residuals of a solution.</summary>
    /// <param name="solution">A value per column.</param>
    /// <param name="product">The matrix times the solution, unscaled.</param>
    public double SquaredResiduals(ReadOnlySpan<double> solution, ReadOnlySpan<double> product) =>
        Math.Max(0, _squares + Vectors.Dot(solution, product) - (2 * Vectors.Dot(solution, Right))) / Scale;

    private Span<double> Pending(int row) => _pendingRows.AsSpan(row * _right.Length, _right.Length);

    private void Normalize()
    {
        Flush();
        double factor = 1 / Scale;
        foreach (ref double value in _matrix.AsSpan()) value *= factor;
        foreach (ref double value in _right.AsSpan()) value *= factor;
        _squares *= factor;
        _weight *= factor;
        Scale = 1;
    }

    private void Grow(int capacity)
    {
        Flush();
        double[] matrix = new double[capacity * capacity];
        for (int i = 0; i < Columns; i++) Row(i).CopyTo(matrix.AsSpan(i * capacity));
        Array.Resize(ref _right, capacity);
        _pendingRows = new double[MaxPending * capacity];
        _matrix = matrix;
    }
}
