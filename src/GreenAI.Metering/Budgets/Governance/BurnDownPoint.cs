namespace GreenAI.Metering;

/// <summary>What was left of a budget at a time.</summary>
/// <param name="time">The time.</param>
/// <param name="remaining">What was left, in the budget's unit.</param>
public readonly struct BurnDownPoint(DateTimeOffset time, double remaining)
{
    /// <summary>The time.</summary>
    public DateTimeOffset Time => time;

    /// <summary>What was left, in whole micrograms or microjoules; below zero when overspent.</summary>
    public double Remaining => remaining;
}
