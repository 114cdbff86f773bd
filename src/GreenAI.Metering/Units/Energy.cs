using System.Globalization;

namespace GreenAI.Metering;

/// <summary>An amount of energy, held as whole microjoules so that sums are exact.</summary>
/// <remarks>Immutable and thread-safe. Arithmetic is checked: an overflow throws <see cref="OverflowException"/>.</remarks>
public readonly struct Energy : IEquatable<Energy>, IComparable<Energy>
{
    private const double MicrojoulesPerJoule = 1e6;
    private const double MicrojoulesPerWattHour = 3.6e9;
    private const double MicrojoulesPerKilowattHour = 3.6e12;

    private Energy(long microjoules) => Microjoules = microjoules;

    /// <summary>No energy.</summary>
    public static Energy Zero => default;

    /// <summary>The amount in whole microjoules (1e-6 J).</summary>
    public long Microjoules { get; }

    /// <summary>The amount in joules.</summary>
    public double Joules => Microjoules / MicrojoulesPerJoule;

    /// <summary>The amount in watt-hours (1 Wh = 3,600 J).</summary>
    public double WattHours => Microjoules / MicrojoulesPerWattHour;

    /// <summary>The amount in kilowatt-hours (1 kWh = 3.6e6 J).</summary>
    public double KilowattHours => Microjoules / MicrojoulesPerKilowattHour;

    /// <summary>Makes an amount from whole microjoules.</summary>
    public static Energy FromMicrojoules(long microjoules) => new(microjoules);

    /// <summary>Makes an amount from joules, rounded to the nearest microjoule.</summary>
    /// <exception cref="OverflowException">The value is not a number or outside ±9.2e12 J.</exception>
    public static Energy FromJoules(double joules) => new(checked((long)Math.Round(joules * MicrojoulesPerJoule)));

    /// <summary>An amount of at least 0 joules; the largest there is when it is more than that.</summary>
    internal static Energy FromJoulesAtMost(double joules) =>
        joules < long.MaxValue / MicrojoulesPerJoule ? FromJoules(joules) : new(long.MaxValue);

    /// <summary>Makes an amount from watt-hours, rounded to the nearest microjoule.</summary>
    /// <exception cref="OverflowException">The value is not a number or out of range.</exception>
    public static Energy FromWattHours(double wattHours) => new(checked((long)Math.Round(wattHours * MicrojoulesPerWattHour)));

    /// <summary>Makes an amount from kilowatt-hours, rounded to the nearest microjoule.</summary>
    /// <exception cref="OverflowException">The value is not a number or out of range.</exception>
    public static Energy FromKilowattHours(double kilowattHours) =>
        new(checked((long)Math.Round(kilowattHours * MicrojoulesPerKilowattHour)));

    /// <summary>Adds two amounts.</summary>
    public static Energy operator +(Energy left, Energy right) => new(checked(left.Microjoules + right.Microjoules));

    /// <summary>Subtracts an amount from another.</summary>
    public static Energy operator -(Energy left, Energy right) => new(checked(left.Microjoules - right.Microjoules));

    /// <summary>Mean power over a duration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive.</exception>
    public static Power operator /(Energy energy, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return Power.FromWatts(energy.Joules / duration.TotalSeconds);
    }

    /// <summary>Whether two amounts are equal.</summary>
    public static bool operator ==(Energy left, Energy right) => left.Microjoules == right.Microjoules;

    /// <summary>Whether two amounts differ.</summary>
    public static bool operator !=(Energy left, Energy right) => left.Microjoules != right.Microjoules;

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Energy left, Energy right) => left.Microjoules < right.Microjoules;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Energy left, Energy right) => left.Microjoules > right.Microjoules;

    /// <summary>Whether the left amount is smaller or equal.</summary>
    public static bool operator <=(Energy left, Energy right) => left.Microjoules <= right.Microjoules;

    /// <summary>Whether the left amount is larger or equal.</summary>
    public static bool operator >=(Energy left, Energy right) => left.Microjoules >= right.Microjoules;

    /// <inheritdoc/>
    public int CompareTo(Energy other) => Microjoules.CompareTo(other.Microjoules);

    /// <inheritdoc/>
    public bool Equals(Energy other) => Microjoules == other.Microjoules;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Energy other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Microjoules.GetHashCode();

    /// <summary>The amount in joules with up to six decimals, in the invariant culture: <c>1.5 J</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Microjoules / 1_000_000m:0.######} J");
}
