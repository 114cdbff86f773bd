namespace GreenAI.Metering.Benchmarks;

/// <summary>The typical ratio over some launches, and its one-sided 95 % bounds by Student's t.</summary>
/// <remarks>
/// One number a launch, since launches differ by more than the slices within one: where the runtime happened to put code and data lasts as long as the process.
/// </remarks>
internal readonly record struct PairedRatio(double Mean, double LowerBound, double UpperBound)
{
    public const int Launches = 30;

    // Student's t for 95 %, one-sided, at 29 degrees of freedom.
    private const double T95 = 1.699;

    private const double Trimmed = 0.2;

    /// <summary>One launch's logarithm of the ratio: the mean over its pairs without a fifth at either end, since a shared machine interrupts some slices for much longer than what is compared.</summary>
    /// <param name="ours">Rates of the slices of one arm.</param>
    /// <param name="floor">Those of one other, each of the same block. One: against the mean of two the differences would be skewed, and the trimmed mean with them.</param>
    public static double LogOf(IReadOnlyList<double> ours, IReadOnlyList<double> floor)
    {
        double[] logs = [.. ours.Zip(floor, (left, right) => Math.Log(left / right)).Order()];
        int cut = (int)(logs.Length * Trimmed);
        return logs[cut..^cut].Average();
    }

    public static PairedRatio Of(IReadOnlyCollection<double> launches)
    {
        if (launches.Count != Launches) throw new ArgumentException($"There are {launches.Count} launches; the bounds are those of {Launches}.", nameof(launches));
        double mean = launches.Average();
        double error = Math.Sqrt(launches.Sum(log => (log - mean) * (log - mean)) / (Launches - 1) / Launches);
        return new PairedRatio(Math.Exp(mean), Math.Exp(mean - (T95 * error)), Math.Exp(mean + (T95 * error)));
    }
}
