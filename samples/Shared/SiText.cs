using System.Globalization;

namespace GreenAI.Metering.Samples;

/// <summary>Numbers for people, in the invariant culture.</summary>
internal static class SiText
{
    private static readonly (double Factor, string Prefix)[] _prefixes =
        [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n")];

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double fraction, int decimals = 1) =>
        (fraction * 100).ToString($"F{decimals}", CultureInfo.InvariantCulture) + " %";

    /// <summary>Three significant digits with the prefix that fits: <c>1.23 mJ</c>.</summary>
    public static string Quantity(double value, string unit)
    {
        if (value == 0) return $"0 {unit}";

        // Rounded before the prefix is chosen, so that 999.9 µJ becomes 1.00 mJ and not 1000 µJ.
        double rounded = double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        (double factor, string prefix) = _prefixes.FirstOrDefault(p => Math.Abs(rounded) >= p.Factor, _prefixes[^1]);
        double scaled = rounded / factor;
        int decimals = Math.Abs(scaled) switch { >= 100 => 0, >= 10 => 1, _ => 2 };
        return $"{scaled.ToString($"F{decimals}", CultureInfo.InvariantCulture)} {prefix}{unit}";
    }
}
