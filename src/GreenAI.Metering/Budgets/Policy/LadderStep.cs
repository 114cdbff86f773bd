namespace GreenAI.Metering;

/// <summary>What happens from a share of the limit on.</summary>
public sealed class LadderStep
{
    /// <summary>The share of the limit from which on it is in force: 0.9 is 90 %.</summary>
    public required double At { get; init; }

    /// <summary>Of what that share is.</summary>
    public LadderMeasure On { get; init; }

    /// <summary>The share below which it is lifted within a window (hysteresis).</summary>
    /// <value>Null: <see cref="At"/>.</value>
    public double? Clear { get; init; }

    /// <summary>How long it stays in force at least; not beyond the end of the window.</summary>
    /// <value>Zero.</value>
    public TimeSpan Dwell { get; init; }

    /// <summary>What is done.</summary>
    public required BudgetAction Action { get; init; }

    /// <summary>
    /// The worst tier at which it may be more than a warning. When more than 1 % of the window's spend is of a lower tier, a step that would degrade, delay or
    /// deny warns instead, and says so.
    /// </summary>
    /// <value>Null: any.</value>
    public MeasurementTier? MinTier { get; init; }

    /// <summary>Priorities of requests to which it does not apply; they are counted all the same.</summary>
    public IReadOnlyList<string> ExemptPriorities { get; init; } = [];
}
