using System.Globalization;

namespace GreenAI.Metering;

/// <summary>A rate of energy, in watts.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly struct Power : IEquatable<Power>, IComparable<Power>
{
    private Power(double watts) => Watts = watts;

    /// <summary>No power.</summary>
    public static Power Zero => default;

    /// <summary>The rate in watts.</summary>
    public double Watts { get; }

    /// <summary>The rate in milliwatts.</summary>
    public double Milliwatts => Watts * 1e3;

    /// <summary>Makes a rate from watts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Power FromWatts(double watts) => double.IsFinite(watts)
        ? new(watts)
        : throw new ArgumentOutOfRangeException(nameof(watts), watts, "A power must be a finite number of watts.");

    /// <summary>Makes a rate from milliwatts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Power FromMilliwatts(double milliwatts) => FromWatts(milliwatts / 1e3);

    /// <summary>Adds two rates.</summary>
    public static Power operator +(Power left, Power right) => new(left.Watts + right.Watts);

    /// <summary>Subtracts a rate from another.</summary>
    public static Power operator -(Power left, Power right) => new(left.Watts - right.Watts);

    /// <summary>Energy of a rate kept for a duration.</summary>
    public static Energy operator *(Power power, TimeSpan duration) => Energy.FromJoules(power.Watts * duration.TotalSeconds);

    /// <summary>Whether two rates are equal.</summary>
    public static bool operator ==(Power left, Power right) => left.Equals(right);

    /// <summary>Whether two rates differ.</summary>
    public static bool operator !=(Power left, Power right) => !left.Equals(right);

    /// <summary>Whether the left rate is smaller.</summary>
    public static bool operator <(Power left, Power right) => left.Watts < right.Watts;

    /// <summary>Whether the left rate is larger.</summary>
    public static bool operator >(Power left, Power right) => left.Watts > right.Watts;

    /// <summary>Whether the left rate is smaller or equal.</summary>
    public static bool operator <=(Power left, Power right) => left.Watts <= right.Watts;

    /// <summary>Whether the left rate is larger or equal.</summary>
    public static bool operator >=(Power left, Power right) => left.Watts >= right.Watts;

    /// <inheritdoc/>
    public int CompareTo(Power other) => Watts.CompareTo(other.Watts);

    /// <inheritdoc/>
    public bool Equals(Power other) => Watts.Equals(other.Watts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Power other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Watts.GetHashCode();

    /// <summary>The rate in watts with up to three decimals, in the invariant culture: <c>12.5 W</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Watts:0.###} W");
}
