namespace GreenAI.Metering;

/// <summary>Arithmetic on figures that may be missing. What leaves the range of a number is missing too.</summary>
internal static class Figures
{
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    public static double? Difference(double? before, double? after) => Finite(after - before);

    /// <summary>A difference as a fraction of what there was before; null where that was nothing.</summary>
    public static double? Relative(double? before, double? difference) => before is 0 ? null : Finite(difference / Math.Abs(before ?? double.NaN));

    /// <summary>Whether two values' bands overlap; null when a band is not known.</summary>
    public static bool? Overlap(double first, RelativeUncertainty? firstBand, double second, RelativeUncertainty? secondBand) =>
        firstBand is { } one && secondBand is { } two
            ? Low(first, one) <= High(second, two) && Low(second, two) <= High(first, one)
            : null;

    private static double Low(double value, RelativeUncertainty band) => value - (Math.Abs(value) * band.Below);

    private static double High(double value, RelativeUncertainty band) => value + (Math.Abs(value) * band.Above);
}
