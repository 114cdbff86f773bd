using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GreenAI.Metering;

/// <summary>How far the truth may lie below and above a value, as fractions of the value.</summary>
/// <remarks>
/// The generic load model is lopsided (−57 % / +73 %), so the two sides are kept apart. Immutable and thread-safe.
/// </remarks>
public readonly struct RelativeUncertainty : IEquatable<RelativeUncertainty>
{
    /// <summary>Makes a band from its two sides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is negative or not finite.</exception>
    public RelativeUncertainty(double below, double above)
    {
        if (!(double.IsFinite(below) && below >= 0)) Refuse(nameof(below), below);
        if (!(double.IsFinite(above) && above >= 0)) Refuse(nameof(above), above);
        Below = below;
        Above = above;
    }

    // Of sides that were checked when they were computed: a request does not check them again.
    private RelativeUncertainty((double Below, double Above) sides) => (Below, Above) = sides;

    /// <summary>How far the truth may lie below the value: 0.1 is 10 % of the value.</summary>
    public double Below { get; }

    /// <summary>How far the truth may lie above the value: 0.1 is 10 % of the value.</summary>
    public double Above { get; }

    /// <summary>Makes a band that is the same on both sides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not a number.</exception>
    public static RelativeUncertainty Symmetric(double relative) => new(relative, relative);

    internal static RelativeUncertainty OfChecked(double below, double above) => new((below, above));

    /// <summary>Joins this band with an independent symmetric one, by the root of the sum of squares on each side.</summary>
    public RelativeUncertainty Join(double independent) =>
        new(Hypot(Below, independent), Hypot(Above, independent));

    /// <summary>Whether two bands are equal.</summary>
    public static bool operator ==(RelativeUncertainty left, RelativeUncertainty right) => left.Equals(right);

    /// <summary>Whether two bands differ.</summary>
    public static bool operator !=(RelativeUncertainty left, RelativeUncertainty right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RelativeUncertainty other) => Below.Equals(other.Below) && Above.Equals(other.Above);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RelativeUncertainty other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Below, Above);

    /// <summary>The band in percent, in the invariant culture: <c>±5 %</c> or <c>−57/+73 %</c>.</summary>
    public override string ToString() => Below.Equals(Above)
        ? string.Create(CultureInfo.InvariantCulture, $"±{Below * 100:0.#} %")
        : string.Create(CultureInfo.InvariantCulture, $"−{Below * 100:0.#}/+{Above * 100:0.#} %");

    private static double Hypot(double a, double b) => Math.Sqrt((a * a) + (b * b));

    // Out of line, so that the constructor is small enough to disappear in a request.
    [DoesNotReturn]
    private static void Refuse(string name, double value) =>
        throw new ArgumentOutOfRangeException(name, value, "An uncertainty must be 0 or more, and finite.");
}
