namespace GreenAI.Metering;

/// <summary>A target of an indicator: a bound, or a baseline that it must not be worse than.</summary>
public sealed class KpiRule
{
    /// <summary>Its name; unique in the policy.</summary>
    public required string Id { get; init; }

    /// <summary>The indicator.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>The model it is for; null: every model, and the host where the indicator is the host's.</summary>
    public string? Model { get; init; }

    /// <summary>It must not be above this, in the indicator's unit.</summary>
    public double? Max { get; init; }

    /// <summary>It must not be below this, in the indicator's unit.</summary>
    public double? Min { get; init; }

    /// <summary>What it must not be worse than; only for energy per inference, so that a dirtier grid is no regression.</summary>
    public KpiBaseline? Baseline { get; init; }

    /// <summary>The window of the indicator.</summary>
    /// <value>One hour. It must be one of the meter's windows.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What is done while the target is missed.</summary>
    public BudgetAction Action { get; init; } = BudgetAction.Event;
}
