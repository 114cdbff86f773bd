namespace GreenAI.Metering;

/// <summary>A relative band on its way through a formula: it may be unknown, and it may reach to infinity.</summary>
/// <remarks>Unknown is not a number on both sides: arithmetic keeps it unknown, so that no result is surer than its inputs.</remarks>
internal readonly struct KpiBand
{
    // Of a quantity that cannot be negative: it lies at most the whole of itself below.
    public KpiBand(double below, double above)
    {
        Below = Math.Min(1, below);
        Above = above;
    }

    /// <summary>Of a number nobody doubts: a count.</summary>
    public static KpiBand Exact => default;

    public static KpiBand Unknown => new(double.NaN, double.NaN);

    public double Below { get; }

    public double Above { get; }

    public bool IsUnbounded => double.IsPositiveInfinity(Above);

    /// <summary>As a KPI carries it: null when it is unknown or has no end.</summary>
    public RelativeUncertainty? Uncertainty =>
        double.IsFinite(Below) && double.IsFinite(Above) ? RelativeUncertainty.OfChecked(Below, Above) : null;

    public static KpiBand Of(in KpiAmount amount) => Of(amount.Uncertainty);

    public static KpiBand Of(RelativeUncertainty? uncertainty) =>
        uncertainty is { } known ? new KpiBand(known.Below, known.Above) : Unknown;
}
