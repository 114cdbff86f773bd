namespace GreenAI.Metering.Benchmarks;

/// <summary>The energy that was given to the wrong model, or to none, or taken from another bucket.</summary>
internal static class Misallocation
{
    /// <summary>½ Σ |billed − true| / Σ true, in percent; 0 when nothing was used.</summary>
    public static double Percent(ReadOnlySpan<double> billed, ReadOnlySpan<double> truth)
    {
        double error = 0, total = 0;
        for (int i = 0; i < billed.Length; i++)
        {
            error += Math.Abs(billed[i] - truth[i]);
            total += truth[i];
        }

        return total > 0 ? 50 * error / total : 0;
    }
}
