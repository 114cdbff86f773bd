namespace GreenAI.Metering;

/// <summary>How fast a budget was spent over a time: 1 uses it up at the end of its window.</summary>
/// <param name="window">The time.</param>
/// <param name="rate">The rate.</param>
public readonly struct BurnRate(TimeSpan window, double rate)
{
    /// <summary>The time it was taken over.</summary>
    public TimeSpan Window => window;

    /// <summary>Spend per time ÷ (limit ÷ window).</summary>
    public double Rate => rate;
}
