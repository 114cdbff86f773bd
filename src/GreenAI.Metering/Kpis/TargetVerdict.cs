namespace GreenAI.Metering;

/// <summary>What comes of holding an indicator against its target.</summary>
public enum TargetVerdict
{
    /// <summary>There is no target.</summary>
    NoTarget,

    /// <summary>There is a target and no value.</summary>
    Undefined,

    /// <summary>The value meets the target.</summary>
    Met,

    /// <summary>The value misses the target.</summary>
    NotMet,
}
