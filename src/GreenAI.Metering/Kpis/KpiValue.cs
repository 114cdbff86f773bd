namespace GreenAI.Metering;

/// <summary>An indicator's value, or why it has none, with all it takes to check it.</summary>
/// <remarks>Immutable. Where there is a value it is <see cref="Numerator"/> / <see cref="Denominator"/>, in the units the definition names.</remarks>
public readonly record struct KpiValue
{
    /// <summary>Which indicator.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>Why there is no value; <see cref="KpiGap.None"/> when there is one.</summary>
    public KpiGap Gap { get; init; }

    /// <summary>Why no grid factor applied, where that is the gap.</summary>
    public CarbonGap CarbonGap { get; init; }

    /// <summary>The numerator; known also where the denominator is not, as far as it was metered.</summary>
    public double Numerator { get; init; }

    /// <summary>The denominator.</summary>
    public double Denominator { get; init; }

    /// <summary>The worst tier of what went in.</summary>
    public MeasurementTier Tier { get; init; }

    /// <summary>How far the truth may lie from the value; null when there is no value or nobody knows.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>The time it covers; zero for one that covers no window.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>What it shall be; null when nothing is asked.</summary>
    public KpiTarget? Target { get; init; }

    /// <summary>The value; null when undefined.</summary>
    public double? Value => Gap == KpiGap.None ? Numerator / Denominator : null;

    /// <summary>What the indicator is: names, units, formula.</summary>
    public KpiDefinition Definition => KpiDefinition.Of(Kpi);

    /// <summary>Whether the target is met.</summary>
    public TargetVerdict Verdict => Target is not { } target ? TargetVerdict.NoTarget
        : Value is not { } value ? TargetVerdict.Undefined
        : target.IsMetBy(value) ? TargetVerdict.Met
        : TargetVerdict.NotMet;
}
