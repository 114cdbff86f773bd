namespace GreenAI.Metering;

/// <summary>
/// The diagonal of the inverse of the normal equations with their prior: how much the rows have told about each column. Worked out
/// in slices, because at 256 models it takes as long as many ticks may.
/// </summary>
internal sealed class Posterior
{
    private double[] _factor = [];
    private double[] _inverse = [];
    private double[] _column = [];
    private double[] _prior = [];
    private int[] _chosen = [];
    private int _size;
    private int _stride;
    private int _row;
    private int _solved;

    /// <summary>Whether a computation is under way.</summary>
    public bool Running => _solved < _size;

    /// <summary>Begins: copies the chosen columns of the sums, and their prior precision.</summary>
    /// <param name="equations">The sums.</param>
    /// <param name="precision">The prior's precision by column, unscaled.</param>
    /// <param name="chosen">The columns to look at, in rising order.</param>
    public void Begin(NormalEquations equations, ReadOnlySpan<double> precision, ReadOnlySpan<int> chosen)
    {
        equations.Flush();
        Reserve(chosen.Length);
        _size = chosen.Length;
        _row = _solved = 0;
        chosen.CopyTo(_chosen);
        double scale = 1 / equations.Scale;
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<double> source = equations.Row(chosen[i]);
            Span<double> target = _factor.AsSpan(i * _stride, i + 1);
            for (int j = 0; j <= i; j++) target[j] = source[chosen[j]] * scale;
            _prior[i] = precision[chosen[i]] * scale;
            target[i] += _prior[i];
        }
    }

    /// <summary>Gives a computation under way up: its sums are no longer worth anything.</summary>
    public void Cancel() => _solved = _size = 0;

    /// <summary>Goes on for about as many multiplications; true when this step ended the computation.</summary>
    public bool Step(int multiplications)
    {
        if (!Running) return false;
        while (_row < _size && multiplications > 0) multiplications -= Factor(_row++);
        while (_row == _size && _solved < _size && multiplications > 0) multiplications -= Invert(_solved++);
        return !Running;
    }

    /// <summary>Copies the results into an array by column. What was not chosen stays as it is.</summary>
    public void CopyTo(Span<double> inverse)
    {
        for (int i = 0; i < _size; i++) inverse[_chosen[i]] = _inverse[i];
    }

    // One row of the Cholesky factor: dot products of rows, which lie in a line in memory.
    private int Factor(int i)
    {
        Span<double> row = _factor.AsSpan(i * _stride, i + 1);
        for (int j = 0; j < i; j++)
        {
            ReadOnlySpan<double> other = _factor.AsSpan(j * _stride, j + 1);
            row[j] = (row[j] - Vectors.Dot(other[..j], row[..j])) / other[j];
        }

        double pivot = row[i] - Vectors.Dot(row[..i], row[..i]);
        // Without rounding no pivot is below the prior's precision, whatever the rows: many inferences of a mix that never changes
        // leave so little of it that rounding may bring it below 0.
        row[i] = Math.Sqrt(Math.Max(pivot, _prior[i]));
        return 16 + (i * i / 2);
    }

    // One column of the factor's inverse; the sum of its squares is an element of the inverse's diagonal.
    private int Invert(int column)
    {
        Span<double> y = _column.AsSpan(0, _size);
        y[column] = 1 / _factor[(column * _stride) + column];
        double sum = y[column] * y[column];
        for (int k = column + 1; k < _size; k++)
        {
            ReadOnlySpan<double> row = _factor.AsSpan(k * _stride, k + 1);
            y[k] = -Vectors.Dot(row[column..k], y[column..k]) / row[k];
            sum += y[k] * y[k];
        }

        // The same holds for the inverse: the rows can only take from the prior's variance.
        _inverse[column] = Math.Min(sum, 1 / _prior[column]);
        int rest = _size - column;
        return 16 + (rest * rest / 2);
    }

    private void Reserve(int size)
    {
        if (size <= _chosen.Length) return;
        // As the sums grow, whose columns these are.
        _stride = Math.Max(8, Math.Max(size, Math.Min(_stride * 2, _stride + 68)));
        _factor = new double[_stride * _stride];
        _inverse = new double[_stride];
        _column = new double[_stride];
        _prior = new double[_stride];
        _chosen = new int[_stride];
    }
}
