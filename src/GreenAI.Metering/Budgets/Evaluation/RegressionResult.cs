using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The outcome of a <see cref="RegressionTest"/> with its figures.</summary>
internal readonly struct RegressionResult
{
    /// <summary>The outcome.</summary>
    public RegressionOutcome Outcome { get; init; }

    /// <summary>The baseline.</summary>
    public KpiBaseline? Baseline { get; init; }

    /// <summary>Mean joules of an inference now.</summary>
    public double Mean { get; init; }

    /// <summary>Of how many inferences.</summary>
    public long Samples { get; init; }

    /// <summary>How sure it is that the accepted increase is exceeded, from 0 to 1; NaN with too few inferences.</summary>
    public double Sureness { get; init; }

    /// <summary>Why, as text with its figures, without an end. Allocates.</summary>
    public string Explain()
    {
        if (Baseline is not { } baseline) return "no inference yet";
        double limit = baseline.Mean * (1 + baseline.MaxIncrease);
        if (double.IsNaN(Sureness))
            return string.Create(CultureInfo.InvariantCulture, $"inconclusive: {Samples} of the {Math.Max(2, baseline.MinSamples)} inferences that are needed");
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{Mean:0.######} J per inference of {Samples}, baseline {baseline.Mean:0.######} J and at most {limit:0.######} J accepted");
        string sure = string.Create(CultureInfo.InvariantCulture, $"at {baseline.Confidence * 100:0.##} % confidence");
        return Outcome switch
        {
            RegressionOutcome.Regressed => $"regressed {sure}: {figures}",
            RegressionOutcome.Better => $"better than the baseline {sure}: {figures}",
            RegressionOutcome.NotWorse => $"not worse {sure}: {figures}",
            _ => $"inconclusive {sure}: {figures}",
        };
    }
}
