namespace GreenAI.Metering;

/// <summary>What an indicator is: names, units, formula, source.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KpiDefinition
{
    /// <summary>The indicator.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>Its name in reports: <c>Carbon per Inference</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its short name: <c>CPI</c>.</summary>
    public required string Abbreviation { get; init; }

    /// <summary>Unit of the value: <c>g</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Unit of the numerator.</summary>
    public required string NumeratorUnit { get; init; }

    /// <summary>Unit of the denominator.</summary>
    public required string DenominatorUnit { get; init; }

    /// <summary>How it is computed, in one line.</summary>
    public required string Formula { get; init; }

    /// <summary>On which side of a bound it shall lie: what is good of it.</summary>
    public required KpiComparison Comparison { get; init; }

    /// <summary>What it is held against unless options say otherwise; null when nothing.</summary>
    public KpiTarget? DefaultTarget { get; init; }

    /// <summary>The definition of an indicator.</summary>
    public static KpiDefinition Of(Kpi kpi) => KpiDefinitions.All[(int)kpi];
}
