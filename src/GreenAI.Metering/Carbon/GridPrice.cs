namespace GreenAI.Metering;

/// <summary>What a kilowatt-hour emits, data centre included, over a stretch of time.</summary>
/// <param name="MicrogramsPerKilowattHour">
/// Grid intensity × PUE as a whole number, so that grams stay exact: the mean over the stretch, with 0 where no factor applied.
/// </param>
/// <param name="PricedShare">Fraction of the stretch for which a factor applied.</param>
/// <param name="FallbackShare">Fraction of the stretch for which another than the first provider's factor applied.</param>
internal readonly record struct GridPrice(long MicrogramsPerKilowattHour, double PricedShare, double FallbackShare)
{
    /// <summary>Micrograms × this = microjoules × price: one kilowatt-hour is 3.6e12 µJ.</summary>
    public const long MicrojoulesPerKilowattHour = 3_600_000_000_000;

    /// <summary>The price of a factor; half a microgram per kilowatt-hour is lost at most.</summary>
    public static long Of(CarbonFactor factor, double pue) => (long)Math.Round(factor.Intensity.GramsPerKilowattHour * pue * 1e6);

    /// <summary>Whole micrograms of a product of microjoules and price.</summary>
    public static long Micrograms(Int128 product) => (long)(product / MicrojoulesPerKilowattHour);

    /// <summary>Grams of a product of microjoules and price.</summary>
    public static double Grams(Int128 product) => (double)product / MicrojoulesPerKilowattHour / 1e6;
}
