namespace GreenAI.Metering;

/// <summary>One country's yearly mean.</summary>
/// <param name="Alpha2">ISO 3166-1, two letters.</param>
/// <param name="Alpha3">ISO 3166-1, three letters.</param>
/// <param name="Name">Its name in English.</param>
/// <param name="Year">The year the figure is of.</param>
/// <param name="GramsPerKilowattHour">The mean of that year, lifecycle.</param>
/// <param name="PreviousGramsPerKilowattHour">The mean of the year before; null when it is not known.</param>
internal sealed record CountryIntensity(
    string Alpha2, string Alpha3, string Name, int Year, double GramsPerKilowattHour, double? PreviousGramsPerKilowattHour)
{
    // What Ember revises published years by lies around it; nobody knows a country's mean better from outside.
    private const double LeastBand = 0.05;

    /// <summary>How far the truth of another year may lie from the figure: the change between the last two years, at least 5 %.</summary>
    public RelativeUncertainty? Band => PreviousGramsPerKilowattHour is not { } previous
        ? null
        : RelativeUncertainty.Symmetric(Math.Max(LeastBand, Math.Abs(GramsPerKilowattHour - previous) / GramsPerKilowattHour));
}
