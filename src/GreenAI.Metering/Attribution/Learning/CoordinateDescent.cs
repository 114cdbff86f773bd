namespace GreenAI.Metering;

/// <summary>Projected coordinate descent: least squares with a Gaussian prior and lower bounds.</summary>
internal static class CoordinateDescent
{
    private const int MaxSweeps = 50;

    // 30 sweeps of 256 models, so that a solution keeps within a millisecond; the next one goes on where it ended.
    private const int MaxMultiplications = 2_000_000;

    /// <summary>
    /// Improves a solution until no coordinate moves by more than the tolerance, at most 50 sweeps, fewer with more than 200
    /// columns; returns how many.
    /// </summary>
    /// <param name="equations">The sums.</param>
    /// <param name="solution">In: where to start. Out: the solution.</param>
    /// <param name="prior">The prior's mean.</param>
    /// <param name="precision">The prior's precision, in the units of the unscaled sums.</param>
    /// <param name="low">Lower bounds.</param>
    /// <param name="product">Out: the matrix times the solution, unscaled.</param>
    /// <param name="tolerance">The step that counts as none.</param>
    public static int Solve(
        NormalEquations equations, Span<double> solution, ReadOnlySpan<double> prior, ReadOnlySpan<double> precision,
        ReadOnlySpan<double> low, Span<double> product, double tolerance)
    {
        ReadOnlySpan<double> right = equations.Right;
        product.Clear();
        for (int i = 0; i < solution.Length; i++)
        {
            if (solution[i] != 0) Vectors.AddScaled(product, solution[i], equations.Row(i));
        }

        int sweeps = Math.Min(MaxSweeps, MaxMultiplications / Math.Max(1, solution.Length * solution.Length));
        for (int sweep = 1; sweep <= sweeps; sweep++)
        {
            double largest = 0;
            for (int i = 0; i < solution.Length; i++)
            {
                double pull = precision[i] * (prior[i] - solution[i]);
                double step = (right[i] - product[i] + pull) / (equations.Diagonal(i) + precision[i]);
                double next = Math.Max(low[i], solution[i] + step);
                double change = next - solution[i];
                if (change == 0) continue;
                Vectors.AddScaled(product, change, equations.Row(i));
                solution[i] = next;
                largest = Math.Max(largest, Math.Abs(change));
            }

            if (largest <= tolerance) return sweep;
        }

        return sweeps;
    }
}
