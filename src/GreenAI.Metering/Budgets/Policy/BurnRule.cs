namespace GreenAI.Metering;

/// <summary>What happens when a budget is spent faster than its pace, over a long and over a short time.</summary>
/// <remarks>
/// The burn rate is spend per time ÷ (limit ÷ window): at 1 the limit is reached at the end of the window. Both windows must be above the factor, so that it
/// is neither a blip nor over already (Google, The Site Reliability Workbook, chapter 5).
/// </remarks>
public sealed class BurnRule
{
    /// <summary>The long time.</summary>
    public required TimeSpan Long { get; init; }

    /// <summary>The short time.</summary>
    public required TimeSpan Short { get; init; }

    /// <summary>The burn rate from which on the rule is in force.</summary>
    public required double Factor { get; init; }

    /// <summary>How many inferences the long time must have seen.</summary>
    /// <value>0.</value>
    public long MinInferences { get; init; }

    /// <summary>What is done.</summary>
    public required BudgetAction Action { get; init; }
}
