namespace GreenAI.Metering;

/// <summary>Software Carbon Intensity (SCI 1.1, ISO/IEC 21031:2024): (E·I + M) / R.</summary>
/// <remarks>
/// Pure, thread-safe, allocates nothing. E includes reserved and idle energy and, by the PUE, the site's overhead; I is the
/// location-based intensity: certificates, matched renewables and offsets must not lower it.
/// </remarks>
public static class SoftwareCarbonIntensity
{
    /// <summary>SCI of grams that are known: (operational + embodied) / R.</summary>
    /// <param name="operational">E·I: location-based operational grams, idle and overhead included.</param>
    /// <param name="embodiedGrams">M (<see cref="EmbodiedCarbon"/>); unavailable where none are stated, which is not zero.</param>
    /// <param name="units">R: how many functional units were served.</param>
    /// <param name="functionalUnit">What R counts, for reports: <c>inference</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The functional unit has no name.</exception>
    public static KpiValue Of(in KpiCarbon operational, in KpiAmount embodiedGrams, double units, string functionalUnit)
    {
        KpiInput.NotNegative(units, nameof(units));
        KpiInput.Named(functionalUnit, nameof(functionalUnit), "what R counts: inference, token, page");
        KpiValue value = CarbonPerInference.PerUnit(
            Kpi.SoftwareCarbonIntensity, operational, embodiedGrams, nameof(embodiedGrams), units, KpiGap.NoFunctionalUnit);
        return value with { Qualifier = functionalUnit };
    }

    /// <summary>SCI from its terms: (joules × PUE × I / 3.6e6 + M) / R.</summary>
    /// <param name="joules">E before the overhead: energy of the computers in joules, idle included.</param>
    /// <param name="pue">The overhead of the data centre, 1 or more.</param>
    /// <param name="intensity">I in g CO2e/kWh, location-based, with its band.</param>
    /// <param name="embodiedGrams">M (<see cref="EmbodiedCarbon"/>); unavailable where none are stated, which is not zero.</param>
    /// <param name="units">R: how many functional units were served.</param>
    /// <param name="functionalUnit">What R counts, for reports: <c>inference</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite, or the PUE is below 1.</exception>
    /// <exception cref="ArgumentException">The functional unit has no name.</exception>
    public static KpiValue Of(
        in KpiAmount joules, double pue, in KpiAmount intensity, in KpiAmount embodiedGrams, double units, string functionalUnit) =>
        Of(KpiCarbon.OfEnergy(joules, pue, intensity), embodiedGrams, units, functionalUnit);
}
