using System.Globalization;

namespace GreenAI.Metering;

/// <summary>A mass of greenhouse gases as CO2 equivalent, held as whole micrograms so that sums are exact.</summary>
/// <remarks>Immutable and thread-safe. Arithmetic is checked: an overflow throws <see cref="OverflowException"/>.</remarks>
public readonly struct CarbonMass : IEquatable<CarbonMass>, IComparable<CarbonMass>
{
    private const double MicrogramsPerGram = 1e6;
    private const double MicrogramsPerKilogram = 1e9;

    private CarbonMass(long micrograms) => Micrograms = micrograms;

    /// <summary>Nothing emitted.</summary>
    public static CarbonMass Zero => default;

    /// <summary>The mass in whole micrograms of CO2e (1e-6 g).</summary>
    public long Micrograms { get; }

    /// <summary>The mass in grams of CO2e.</summary>
    public double GramsCO2e => Micrograms / MicrogramsPerGram;

    /// <summary>The mass in kilograms of CO2e.</summary>
    public double KilogramsCO2e => Micrograms / MicrogramsPerKilogram;

    /// <summary>Makes a mass from whole micrograms of CO2e.</summary>
    public static CarbonMass FromMicrograms(long micrograms) => new(micrograms);

    /// <summary>Makes a mass from grams of CO2e, rounded to the nearest microgram.</summary>
    /// <exception cref="OverflowException">The value is not a number or outside ±9.2e12 g.</exception>
    public static CarbonMass FromGrams(double grams) => new(checked((long)Math.Round(grams * MicrogramsPerGram)));

    /// <summary>Makes a mass from kilograms of CO2e, rounded to the nearest microgram.</summary>
    /// <exception cref="OverflowException">The value is not a number or outside ±9.2e9 kg.</exception>
    public static CarbonMass FromKilograms(double kilograms) => new(checked((long)Math.Round(kilograms * MicrogramsPerKilogram)));

    /// <summary>Adds two masses.</summary>
    public static CarbonMass operator +(CarbonMass left, CarbonMass right) => new(checked(left.Micrograms + right.Micrograms));

    /// <summary>Subtracts a mass from another.</summary>
    public static CarbonMass operator -(CarbonMass left, CarbonMass right) => new(checked(left.Micrograms - right.Micrograms));

    /// <summary>Whether two masses are equal.</summary>
    public static bool operator ==(CarbonMass left, CarbonMass right) => left.Micrograms == right.Micrograms;

    /// <summary>Whether two masses differ.</summary>
    public static bool operator !=(CarbonMass left, CarbonMass right) => left.Micrograms != right.Micrograms;

    /// <summary>Whether the left mass is smaller.</summary>
    public static bool operator <(CarbonMass left, CarbonMass right) => left.Micrograms < right.Micrograms;

    /// <summary>Whether the left mass is larger.</summary>
    public static bool operator >(CarbonMass left, CarbonMass right) => left.Micrograms > right.Micrograms;

    /// <summary>Whether the left mass is smaller or equal.</summary>
    public static bool operator <=(CarbonMass left, CarbonMass right) => left.Micrograms <= right.Micrograms;

    /// <summary>Whether the left mass is larger or equal.</summary>
    public static bool operator >=(CarbonMass left, CarbonMass right) => left.Micrograms >= right.Micrograms;

    /// <inheritdoc/>
    public int CompareTo(CarbonMass other) => Micrograms.CompareTo(other.Micrograms);

    /// <inheritdoc/>
    public bool Equals(CarbonMass other) => Micrograms == other.Micrograms;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CarbonMass other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Micrograms.GetHashCode();

    /// <summary>The mass in kg, g, mg or µg, whichever reads best, in the invariant culture: <c>1.25 mg CO2e</c>.</summary>
    public override string ToString() => Math.Abs((double)Micrograms) switch
    {
        >= MicrogramsPerKilogram => Text(Micrograms / MicrogramsPerKilogram, "kg"),
        >= MicrogramsPerGram => Text(Micrograms / MicrogramsPerGram, "g"),
        >= 1e3 => Text(Micrograms / 1e3, "mg"),
        _ => Text(Micrograms, "µg"),
    };

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {unit} CO2e");
}
