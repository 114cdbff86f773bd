namespace GreenAI.Metering;

/// <summary>An indicator's value, or why it has none, with all it takes to check it.</summary>
/// <remarks>
/// Immutable and thread-safe. Where there is a value it is <see cref="Numerator"/> / <see cref="Denominator"/>, in the units the
/// definition names.
/// </remarks>
public readonly record struct KpiValue
{
    /// <summary>Which indicator.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>Why there is no value; <see cref="KpiGap.None"/> when there is one.</summary>
    public KpiGap Gap { get; init; }

    /// <summary>Why no grid factor applied to all or some of the energy; <see cref="CarbonGap.None"/> when one did, or none was needed.</summary>
    public CarbonGap CarbonGap { get; init; }

    /// <summary>The numerator; where there is no value, the part of it that is known, 0 when nothing is.</summary>
    public double Numerator { get; init; }

    /// <summary>The denominator.</summary>
    public double Denominator { get; init; }

    /// <summary>What was cut off the numerator because the value is at most 1: use beyond capacity, green energy beyond load; in its unit.</summary>
    public double Surplus { get; init; }

    /// <summary>
    /// What the name leaves open: task and metric of a Data Efficiency Score, device class and estimator of a utilisation, the
    /// functional unit of SCI, the work unit; null where the name says all.
    /// </summary>
    public string? Qualifier { get; init; }

    /// <summary>The worst tier of what was metered and went in; counts have none.</summary>
    public MeasurementTier Tier { get; init; }

    /// <summary>How far the truth may lie from the value; null when there is no value, nobody knows, or it has no end.</summary>
    /// <remarks>
    /// One rule: each input is moved to either end of its band while the others rest, and the movements of the value are joined, by
    /// the root of the sum of squares where inputs are independent, by addition where they err together. So: (1) factors, such as
    /// energy and grid intensity, join their bands by root sum of squares; (2) a sum joins absolute widths, by root sum of squares
    /// for parts of independent origin (operational and embodied grams), added for parts metered by the same counters (attempts,
    /// training and inference); (3) an uncertain denominator swaps sides: a band −b/+a becomes −a/(1+a) / +b/(1−b), and has no end
    /// where b ≥ 1 (<see cref="IsUnbounded"/>); (4) a value cut off at 1 has its ends cut off at 1; (5) one input whose band nobody
    /// knows makes the band of the value unknown; (6) counts, times and PUE are taken as exact, and a truth is never below zero.
    /// </remarks>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>Whether the truth may lie any distance above the value: what it is divided by may be nothing.</summary>
    public bool IsUnbounded { get; init; }

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

    /// <summary>One line a board can read: name, value with unit, target, met, not met or undefined, and why.</summary>
    /// <remarks>Allocates; in the invariant culture: <c>Carbon per Inference: 0.12 g (±12 %, Modelled), target &lt; 1 g: met.</c></remarks>
    public string Explain() => Explain(WorkloadKind.Unspecified);

    /// <summary>The same, with what must be said of a kind of work.</summary>
    public string Explain(WorkloadKind workload) => KpiText.Explain(this, workload);
}
