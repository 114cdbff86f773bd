namespace GreenAI.Metering;

/// <summary>Whether a model costs more joules than its baseline: Welch's test, one-sided, of the mean now against baseline × (1 + accepted increase).</summary>
/// <remarks>
/// B. L. Welch, The generalization of "Student's" problem when several different population variances are involved, Biometrika 34 (1947). It takes inferences for
/// independent; each test of equal data raises a false alarm with a probability of 1 - confidence. Pure.
/// </remarks>
internal static class RegressionTest
{
    /// <summary>Tests.</summary>
    /// <param name="now">The joules of inferences.</param>
    /// <param name="baseline">What they must not exceed.</param>
    public static RegressionResult Compare(in RunningMoments now, KpiBaseline baseline) => Compare(now.Mean, now.StandardDeviation, now.Count, baseline);

    /// <summary>Tests.</summary>
    /// <param name="mean">Mean joules of an inference.</param>
    /// <param name="deviation">Their sample standard deviation.</param>
    /// <param name="samples">Of how many.</param>
    /// <param name="baseline">What they must not exceed.</param>
    public static RegressionResult Compare(double mean, double deviation, long samples, KpiBaseline baseline)
    {
        bool enough = samples >= Math.Max(2, baseline.MinSamples) && double.IsFinite(mean) && double.IsFinite(deviation);
        double sureness = enough ? Sureness(mean, deviation, samples, baseline, 1 + baseline.MaxIncrease) : double.NaN;
        return new RegressionResult
        {
            Baseline = baseline,
            Mean = mean,
            Samples = samples,
            Sureness = sureness,
            Outcome = !enough ? RegressionOutcome.Inconclusive
                : sureness >= baseline.Confidence ? RegressionOutcome.Regressed
                : Sureness(mean, deviation, samples, baseline, 1) <= 1 - baseline.Confidence ? RegressionOutcome.Better
                : sureness <= 1 - baseline.Confidence ? RegressionOutcome.NotWorse
                : RegressionOutcome.Inconclusive,
        };
    }

    // How sure it is that the mean is above factor × baseline. Figures without any spread are compared as they are; equal ones say nothing.
    private static double Sureness(double mean, double deviation, long samples, KpiBaseline baseline, double factor)
    {
        double difference = mean - (factor * baseline.Mean);
        double ours = deviation * deviation / samples;
        double theirs = baseline.Samples > 1 ? factor * factor * baseline.StandardDeviation * baseline.StandardDeviation / baseline.Samples : 0;
        double variance = ours + theirs;
        if (!(variance > 0)) return difference > 0 ? 1 : difference < 0 ? 0 : 0.5;

        // By shares of the variance: the squares of tiny variances would vanish.
        double share = ours / variance, rest = theirs / variance;
        double freedom = 1 / ((share * share / (samples - 1)) + (rest > 0 ? rest * rest / (baseline.Samples - 1) : 0));
        return StudentT.Below(difference / Math.Sqrt(variance), freedom);
    }
}
