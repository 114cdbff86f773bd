namespace GreenAI.Metering;

/// <summary>How an indicator is held against its bound.</summary>
public enum KpiComparison
{
    /// <summary>Below the bound.</summary>
    LessThan,

    /// <summary>The bound or below.</summary>
    AtMost,

    /// <summary>Above the bound.</summary>
    GreaterThan,

    /// <summary>The bound or above.</summary>
    AtLeast,
}
