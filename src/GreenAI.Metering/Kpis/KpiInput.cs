using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Refuses inputs that cannot be: what is wrong, and what to do.</summary>
internal static class KpiInput
{
    /// <summary>An amount: 0 or more, finite; not looked at where it is unavailable.</summary>
    public static void Amount(in KpiAmount amount, string name)
    {
        if (amount.Tier > MeasurementTier.Measured) Refuse(name, amount.Tier, "of a tier that exists: Unavailable, Modelled or Measured");
        if (amount.Tier != MeasurementTier.Unavailable) NotNegative(amount.Value, name);
    }

    /// <summary>A number: 0 or more, finite.</summary>
    public static void NotNegative(double value, string name)
    {
        if (!(double.IsFinite(value) && value >= 0)) Refuse(name, value, "0 or more, and finite");
    }

    /// <summary>A number above 0, finite.</summary>
    public static void Positive(double value, string name)
    {
        if (!(double.IsFinite(value) && value > 0)) Refuse(name, value, "above 0, and finite");
    }

    /// <summary>A count: 0 or more.</summary>
    public static void Count(long count, string name)
    {
        if (count < 0) Refuse(name, count, "0 or more: it counts");
    }

    /// <summary>A ratio from 0 to 1.</summary>
    public static void Fraction(double value, string name)
    {
        if (!(value is >= 0 and <= 1)) Refuse(name, value, value is > 1 and <= 100 ? "from 0 to 1: was it given in percent?" : "from 0 to 1");
    }

    /// <summary>A PUE: 1 or more, finite.</summary>
    public static void Pue(double value, string name)
    {
        if (!(double.IsFinite(value) && value >= 1)) Refuse(name, value, "1 or more (total energy of the site / energy of its computers); 1.0 says that there is no overhead");
    }

    /// <summary>A time that lasts.</summary>
    public static void Duration(TimeSpan duration, string name)
    {
        if (duration <= TimeSpan.Zero) Refuse(name, duration, "longer than zero");
    }

    /// <summary>A time of zero or more.</summary>
    public static void NotNegative(TimeSpan duration, string name)
    {
        if (duration < TimeSpan.Zero) Refuse(name, duration, "zero or longer");
    }

    /// <summary>A name that says what a number is of.</summary>
    public static void Named(string name, string parameter, string what)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException($"{parameter} is empty; it must name {what}.", parameter);
    }

    [DoesNotReturn]
    public static void Refuse<T>(string name, T value, string allowed)
        where T : notnull =>
        throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {allowed}."));
}
