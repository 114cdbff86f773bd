using System.Globalization;

namespace GreenAI.Metering;

/// <summary>What an indicator shall be.</summary>
/// <param name="Comparison">On which side of the bound.</param>
/// <param name="Bound">The bound, in the indicator's unit.</param>
public readonly record struct KpiTarget(KpiComparison Comparison, double Bound)
{
    /// <summary>Whether a value meets the target.</summary>
    public bool IsMetBy(double value) => Comparison switch
    {
        KpiComparison.LessThan => value < Bound,
        KpiComparison.AtMost => value <= Bound,
        KpiComparison.GreaterThan => value > Bound,
        _ => value >= Bound,
    };

    /// <summary>As text, without a unit: <c>&lt; 1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sign} {Bound:0.######}");

    internal string Sign => Comparison switch
    {
        KpiComparison.LessThan => "<",
        KpiComparison.AtMost => "≤",
        KpiComparison.GreaterThan => ">",
        _ => "≥",
    };
}
