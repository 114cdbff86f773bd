namespace GreenAI.Metering;

/// <summary>How an indicator stands to its target.</summary>
internal enum KpiRuleOutcome
{
    /// <summary>There is no value, or it cannot be told yet.</summary>
    Unknown,

    /// <summary>The target is met.</summary>
    Met,

    /// <summary>The target is missed.</summary>
    Missed,
}
