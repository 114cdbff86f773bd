namespace GreenAI.Metering;

/// <summary>What comes of holding a model's joules against its baseline.</summary>
internal enum RegressionOutcome
{
    /// <summary>It cannot be told at the confidence that is asked for.</summary>
    Inconclusive,

    /// <summary>It costs less than the baseline.</summary>
    Better,

    /// <summary>It does not cost more than the baseline and the accepted increase.</summary>
    NotWorse,

    /// <summary>It costs more than the baseline and the accepted increase.</summary>
    Regressed,
}
