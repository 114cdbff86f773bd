namespace GreenAI.Metering.Benchmarks;

/// <summary>The typical ratio of pairs: the mean of their logarithms without a fifth at either end, and its one-sided 95 % bounds.</summary>
/// <remarks>
/// A shared machine interrupts some of the slices for much longer than what is compared; those must not decide. The bounds are Yuen's: the standard error
/// of the trimmed mean from the winsorised deviations (K. K. Yuen, Biometrika 61, 1974).
/// </remarks>
internal readonly record struct PairedRatio(double Mean, double LowerBound, double UpperBound, int Pairs)
{
    private const double Trimmed = 0.2;

    // Student's t for 95 %, one-sided, is 1.645 in the limit and 1.653 at 200 degrees of freedom.
    private const double T95 = 1.653;

    public static PairedRatio Of(IReadOnlyList<double> ours, IReadOnlyList<double> floor)
    {
        double[] logs = [.. ours.Zip(floor, (left, right) => Math.Log(left / right)).Order()];
        int cut = (int)(logs.Length * Trimmed);
        double mean = logs[cut..^cut].Average();
        double[] winsorised = [.. logs.Select(log => Math.Clamp(log, logs[cut], logs[^(cut + 1)]))];
        double center = winsorised.Average();
        double deviation = Math.Sqrt(winsorised.Sum(log => (log - center) * (log - center)) / (logs.Length - 1));
        double error = deviation / ((1 - (2 * Trimmed)) * Math.Sqrt(logs.Length));
        return new PairedRatio(Math.Exp(mean), Math.Exp(mean - (T95 * error)), Math.Exp(mean + (T95 * error)), logs.Length);
    }
}
