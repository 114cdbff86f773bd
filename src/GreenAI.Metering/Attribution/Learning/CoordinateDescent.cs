namespace GreenAI.Metering;

/// <summary>Projected coordinate descent: least squares with a Gaussian prior and lower bounds.</summary>
internal static class CoordinateDescent
{
    private const int MaxSweeps = 50;

    // 3 sweeps of 256 models: a fraction of what a tick may take. The next call goes on where this one ended.
    private const int MaxMultiplications = 250_000;

    /// <summary>
    /// Improves a solution until no coordinate moves by more than the tolerance, at most 50 sweeps, fewer with more than 70
    /// columns; false when it has to go on, because there were more columns than one call may work through.
    /// </summary>
    /// <param name="equations">The sums.</param>
    /// <param name="solution">In: where to start. Out: the solution.</param>
    /// <param name="prior">The prior's mean.</param>
    /// <param name="precision">The prior's precision, in the units of the unscaled sums.</param>
    /// <param name="low">Lower bounds.</param>
    /// <param name="product">Out: the matrix times the solution, unscaled.</param>
    /// <param name="tolerance">The step that counts as none.</param>
    /// <param name="sweeps">Out: how many sweeps it took.</param>
    public static bool Solve(
        NormalEquations equations, Span<double> solution, ReadOnlySpan<double> prior, ReadOnlySpan<double> precision,
        ReadOnlySpan<double> low, Span<double> product, double tolerance, out int sweeps)
    {
        equations.Flush();
        ReadOnlySpan<double> right = equations.Right;
        product.Clear();
        for (int i = 0; i < solution.Length; i++)
        {
            if (solution[i] != 0) Vectors.AddScaled(product, solution[i], equations.Row(i));
        }

        int most = Math.Min(MaxSweeps, MaxMultiplications / Math.Max(1, solution.Length * solution.Length));
        for (sweeps = 1; sweeps <= most; sweeps++)
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

            if (largest <= tolerance) return true;
        }

        sweeps = most;
        return most == MaxSweeps;
    }
}
