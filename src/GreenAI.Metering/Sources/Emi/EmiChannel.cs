using System.Globalization;

namespace GreenAI.Metering;

/// <summary>One channel of an energy meter.</summary>
/// <param name="Index">Its place in a measurement.</param>
/// <param name="Unit">The unit of its energy; 0 is picowatt-hours, the only one there is.</param>
/// <param name="Name">Its name; empty when it is not plain text.</param>
internal sealed record EmiChannel(int Index, uint Unit, string Name)
{
    private const string Prefix = "RAPL_Package";
    private const int MaxDigits = 4;

    /// <summary>
    /// The package it covers and whether it covers the package or its memory; null for all else: cores and PP0, PP1 lie inside the
    /// package, and what other names contain nobody can say.
    /// </summary>
    public (int Package, EnergyDomain Domain)? Covers
    {
        get
        {
            if (Unit != 0 || !Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return null;
            ReadOnlySpan<char> rest = Name.AsSpan(Prefix.Length);
            int mark = rest.IndexOf('_');
            if (mark is < 1 or > MaxDigits) return null;
            if (!int.TryParse(rest[..mark], NumberStyles.None, CultureInfo.InvariantCulture, out int package)) return null;
            ReadOnlySpan<char> part = rest[(mark + 1)..];
            if (part.Equals("PKG", StringComparison.OrdinalIgnoreCase)) return (package, EnergyDomain.CpuPackage);
            return part.Equals("DRAM", StringComparison.OrdinalIgnoreCase) ? (package, EnergyDomain.Dram) : null;
        }
    }
}
