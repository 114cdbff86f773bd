using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Numbers for callers: 3 significant digits, which is what a provisional figure is worth, and no more than they need to know.</summary>
internal static class RoundedText
{
    // What is less is below anything that was metered.
    private const double Least = 1e-12;

    /// <summary>A positive number in plain decimal notation (<c>1.90</c>, <c>0.00120</c>, <c>12300</c>); null when it is not known, or nothing that can be told from 0.</summary>
    public static string? Of(double? value)
    {
        if (value is not { } number || !double.IsFinite(number) || number < Least) return null;
        // The exponent after rounding: 9.996 is 10.0.
        string scientific = number.ToString("E2", CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific.AsSpan(5), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent >= 2
            ? double.Parse(scientific, CultureInfo.InvariantCulture).ToString("F0", CultureInfo.InvariantCulture)
            : number.ToString($"F{2 - exponent}", CultureInfo.InvariantCulture);
    }

    /// <summary>The nearest number of 3 significant digits that is not more (<paramref name="up"/>: not less). What is below anything that was metered lies between 0 and that.</summary>
    public static double Bound(double value, bool up)
    {
        if (!(value >= Least)) return up && value > 0 ? Least : 0;
        int exponent = (int)Math.Floor(Math.Log10(value)) - 2;
        double mantissa = value * Math.Pow(10, -exponent);
        // A number of 3 digits is its own bound, though its binary form lies a little aside.
        double bound = up ? Math.Ceiling(mantissa - 1e-9) : Math.Floor(mantissa + 1e-9);
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{bound:F0}E{exponent}"), CultureInfo.InvariantCulture);
    }
}
