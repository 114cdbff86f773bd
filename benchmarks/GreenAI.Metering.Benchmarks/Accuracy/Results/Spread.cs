namespace GreenAI.Metering.Benchmarks;

/// <summary>A figure over seeds: its mean and its highest value; both null when no seed has it.</summary>
internal readonly record struct Spread(double? Mean, double? Worst)
{
    public static Spread Of(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        return known.Length == 0 ? default : new Spread(known.Average(), known.Max());
    }

    /// <summary>The middle of some values; null of none.</summary>
    public static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return null;
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
