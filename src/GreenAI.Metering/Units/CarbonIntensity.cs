using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Mass of CO2 equivalent per electrical energy.</summary>
/// <remarks>Immutable and thread-safe. A bare number: what kind of factor it is, <see cref="CarbonFactor"/> says.</remarks>
public readonly struct CarbonIntensity : IEquatable<CarbonIntensity>, IComparable<CarbonIntensity>
{
    private const double GramsPerPound = 453.59237;

    private CarbonIntensity(double gramsPerKilowattHour) => GramsPerKilowattHour = gramsPerKilowattHour;

    /// <summary>The intensity in grams of CO2e per kilowatt-hour.</summary>
    public double GramsPerKilowattHour { get; }

    /// <summary>Makes an intensity from grams of CO2e per kilowatt-hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, above 10,000 or not a number.</exception>
    public static CarbonIntensity FromGramsPerKilowattHour(double grams) => IsPossible(grams)
        ? new(grams)
        : throw new ArgumentOutOfRangeException(nameof(grams), grams, "A carbon intensity must be from 0 to 10000 g CO2e/kWh.");

    /// <summary>Makes an intensity from pounds of CO2e per megawatt-hour, as North American sources give it (1 lb = 453.59237 g).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, above 22,046 or not a number.</exception>
    public static CarbonIntensity FromPoundsPerMegawattHour(double pounds) => FromGramsPerKilowattHour(pounds * GramsPerPound / 1e3);

    /// <summary>Whether a number of g CO2e/kWh can be one: the dirtiest plants reach some 1,500, so that beyond 10,000 the unit is wrong.</summary>
    internal static bool IsPossible(double gramsPerKilowattHour) => gramsPerKilowattHour is >= 0 and <= 10_000;

    /// <summary>Operational emissions of an energy at this intensity, to the nearest microgram; PUE is not in it.</summary>
    public static CarbonMass operator *(CarbonIntensity intensity, Energy energy) =>
        CarbonMass.FromGrams(intensity.GramsPerKilowattHour * energy.KilowattHours);

    /// <summary>Whether two intensities are equal.</summary>
    public static bool operator ==(CarbonIntensity left, CarbonIntensity right) => left.Equals(right);

    /// <summary>Whether two intensities differ.</summary>
    public static bool operator !=(CarbonIntensity left, CarbonIntensity right) => !left.Equals(right);

    /// <summary>Whether the left intensity is smaller.</summary>
    public static bool operator <(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour < right.GramsPerKilowattHour;

    /// <summary>Whether the left intensity is larger.</summary>
    public static bool operator >(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour > right.GramsPerKilowattHour;

    /// <summary>Whether the left intensity is smaller or equal.</summary>
    public static bool operator <=(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour <= right.GramsPerKilowattHour;

    /// <summary>Whether the left intensity is larger or equal.</summary>
    public static bool operator >=(CarbonIntensity left, CarbonIntensity right) => left.GramsPerKilowattHour >= right.GramsPerKilowattHour;

    /// <inheritdoc/>
    public int CompareTo(CarbonIntensity other) => GramsPerKilowattHour.CompareTo(other.GramsPerKilowattHour);

    /// <inheritdoc/>
    public bool Equals(CarbonIntensity other) => GramsPerKilowattHour.Equals(other.GramsPerKilowattHour);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CarbonIntensity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => GramsPerKilowattHour.GetHashCode();

    /// <summary>The intensity in the invariant culture: <c>342.06 g CO2e/kWh</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GramsPerKilowattHour:0.###} g CO2e/kWh");
}
