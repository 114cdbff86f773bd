namespace GreenAI.Metering;

/// <summary>How bands of inputs become the band of an indicator: one rule, told to users at <see cref="KpiValue.Uncertainty"/>.</summary>
/// <remarks>
/// Each input is moved to either end of its band while the others rest, and the movements of the result are joined: by the root of
/// the sum of squares where inputs are independent, by addition where they move together. Everything below is that rule worked out.
/// </remarks>
internal static class KpiUncertainty
{
    /// <summary>Of a product of independent factors.</summary>
    public static KpiBand Product(KpiBand left, KpiBand right) => new(Hypot(left.Below, right.Below), Hypot(left.Above, right.Above));

    /// <summary>Of one over a quantity: the sides swap, and where the quantity may be nothing there is no upper end.</summary>
    public static KpiBand Inverse(KpiBand band) => new(band.Above / (1 + band.Above), band.Below switch
    {
        < 1 => band.Below / (1 - band.Below),
        >= 1 => double.PositiveInfinity,
        _ => double.NaN,
    });

    /// <summary>Of a quotient of independent quantities.</summary>
    public static KpiBand Quotient(KpiBand numerator, KpiBand denominator) => Product(numerator, Inverse(denominator));

    /// <summary>Of a sum of parts of independent origin: absolute widths, by the root of the sum of squares.</summary>
    public static KpiBand SumOfIndependent(double left, KpiBand leftBand, double right, KpiBand rightBand) => Relative(
        left + right, Hypot(left * leftBand.Below, right * rightBand.Below), Hypot(left * leftBand.Above, right * rightBand.Above));

    /// <summary>Of a sum of parts that err together, such as two readings of the same counters: absolute widths, added.</summary>
    public static KpiBand SumOfTogether(double left, KpiBand leftBand, double right, KpiBand rightBand) => Relative(
        left + right, (left * leftBand.Below) + (right * rightBand.Below), (left * leftBand.Above) + (right * rightBand.Above));

    /// <summary>Of a value from what single inputs move it down and up.</summary>
    public static KpiBand OfMoves(double value, double firstDown, double firstUp, double secondDown, double secondUp) =>
        Relative(value, Hypot(firstDown, secondDown), Hypot(firstUp, secondUp));

    /// <summary>Of a value that is cut off at 1: its ends are cut off too.</summary>
    public static KpiBand AtMostOne(double uncut, KpiBand band)
    {
        double value = Math.Min(1, uncut);
        return Relative(value, value - Math.Min(1, uncut * (1 - band.Below)), Math.Min(1, uncut * (1 + band.Above)) - value);
    }

    /// <summary>Of a sum of which only a part was seen: the rest is taken to be like it, and widens the band above.</summary>
    public static KpiBand OfPart(KpiBand band, double share) => new(band.Below, band.Above + (1 / share) - 1);

    /// <summary>The worse of two tiers: what a result is that takes both.</summary>
    public static MeasurementTier Worst(MeasurementTier left, MeasurementTier right) => left < right ? left : right;

    // Nothing has no relative width: exact when it has no absolute one, unknown otherwise.
    private static KpiBand Relative(double value, double below, double above)
    {
        if (value > 0) return new KpiBand(below / value, above / value);
        return below == 0 && above == 0 ? KpiBand.Exact : KpiBand.Unknown;
    }

    private static double Hypot(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
