namespace GreenAI.Metering;

/// <summary>What a model cost before, and how much dearer it may be.</summary>
public sealed class KpiBaseline
{
    /// <summary>Mean joules of an inference.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the joules of an inference.</summary>
    /// <value>0: the mean is taken as exact.</value>
    public double StandardDeviation { get; init; }

    /// <summary>Of how many inferences.</summary>
    /// <value>0: the mean is taken as exact.</value>
    public long Samples { get; init; }

    /// <summary>How much more is accepted, as a share: 0.05 is 5 %.</summary>
    /// <value>0.</value>
    public double MaxIncrease { get; init; }

    /// <summary>How sure it must be that the accepted increase is exceeded.</summary>
    /// <value>0.95. From 0.5 to 0.9999.</value>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How many inferences are needed; with fewer the outcome is inconclusive.</summary>
    /// <value>200. At least 2.</value>
    public long MinSamples { get; init; } = 200;
}
