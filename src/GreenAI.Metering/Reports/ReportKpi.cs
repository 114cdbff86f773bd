using System.Text.Json.Serialization;

namespace GreenAI.Metering;

/// <summary>An indicator's value in a report, or why it has none, with all it takes to recompute it.</summary>
/// <remarks>Immutable and thread-safe. It explains itself: names and units are written out.</remarks>
public sealed record ReportKpi
{
    /// <summary>The model it is of; null for the host as a whole.</summary>
    public string? Model { get; init; }

    /// <summary>What it is of where there are several: a device class, a solution, an outcome, a unit; null where there is one.</summary>
    public string? Item { get; init; }

    /// <summary>The window asked for; null for an indicator that has none.</summary>
    [JsonPropertyName("windowSeconds")]
    public TimeSpan? Window { get; init; }

    /// <summary>The time it covers in truth: less than the window while that fills, up to a thirtieth more afterwards; null when it covers none.</summary>
    [JsonPropertyName("coveredSeconds")]
    public TimeSpan? Covered { get; init; }

    /// <summary>Which indicator.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>Its short name: <c>CPI</c>.</summary>
    public required string Abbreviation { get; init; }

    /// <summary>Its name: <c>Carbon per Inference</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The value in <see cref="Unit"/>; null when undefined.</summary>
    public double? Value { get; init; }

    /// <summary>Unit of the value.</summary>
    public required string Unit { get; init; }

    /// <summary>Why there is no value; <see cref="KpiGap.None"/> when there is one.</summary>
    public KpiGap Gap { get; init; }

    /// <summary>Why no grid factor applied, where that is the gap.</summary>
    public CarbonGap CarbonGap { get; init; }

    /// <summary>Why there is no value, for people; null when there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>The numerator, as far as it was metered; null when it is not a number.</summary>
    public double? Numerator { get; init; }

    /// <summary>Unit of the numerator.</summary>
    public required string NumeratorUnit { get; init; }

    /// <summary>The denominator; null when it is not a number.</summary>
    public double? Denominator { get; init; }

    /// <summary>Unit of the denominator.</summary>
    public required string DenominatorUnit { get; init; }

    /// <summary>What was cut off the numerator because the value is at most 1: use beyond capacity, green energy beyond load; in its unit.</summary>
    public double Surplus { get; init; }

    /// <summary>The worst tier of what went in.</summary>
    public required MeasurementTier Tier { get; init; }

    /// <summary>How far the truth may lie from the value; null when there is none or nobody knows.</summary>
    public RelativeUncertainty? Uncertainty { get; init; }

    /// <summary>Whether the truth may lie any distance above the value: what it is divided by may be nothing.</summary>
    public bool IsUnbounded { get; init; }

    /// <summary>What it shall be; null when nothing is asked.</summary>
    public KpiTarget? Target { get; init; }

    /// <summary>What came of holding it against the target.</summary>
    public required TargetVerdict Verdict { get; init; }

    /// <summary>One line that a board can read.</summary>
    public required string Explanation { get; init; }

    /// <summary>What else a reader must know; null when nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The row of a value of the host; a model, an item, a reason and a note are added by <c>with</c>.</summary>
    /// <param name="value">The value. One that is not finite becomes undefined, and the reason says so.</param>
    /// <param name="explanation">One line that a board can read.</param>
    public static ReportKpi From(in KpiValue value, string explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        KpiDefinition definition = value.Definition;
        bool wild = value.Value is { } number && !double.IsFinite(number);
        return new()
        {
            Window = value.Window == TimeSpan.Zero ? null : value.Window,
            Covered = value.Window == TimeSpan.Zero ? null : value.Window,
            Kpi = value.Kpi,
            Abbreviation = definition.Abbreviation,
            Name = definition.Name,
            Value = wild ? null : value.Value,
            Unit = definition.Unit,
            Gap = value.Gap,
            CarbonGap = value.CarbonGap,
            Reason = wild ? "The numerator over the denominator is not a finite number." : null,
            Numerator = Finite(value.Numerator),
            NumeratorUnit = definition.NumeratorUnit,
            Denominator = Finite(value.Denominator),
            DenominatorUnit = definition.DenominatorUnit,
            Surplus = Finite(value.Surplus) ?? 0,
            Tier = value.Tier,
            Uncertainty = wild ? null : value.Uncertainty,
            IsUnbounded = !wild && value.IsUnbounded,
            Target = value.Target,
            Verdict = wild && value.Target is not null ? TargetVerdict.Undefined : value.Verdict,
            Explanation = explanation,
        };
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
