using System.Globalization;

namespace GreenAI.Metering;

/// <summary>A unit in which policies state amounts.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="IsEnergy">Whether it is of energy rather than of mass.</param>
/// <param name="Microunits">Micrograms or microjoules in one.</param>
internal sealed record PolicyUnit(string Name, bool IsEnergy, decimal Microunits)
{
    /// <summary>The least that is told apart from nothing: a picogram or a picojoule.</summary>
    public const decimal Least = 1e-6m;

    /// <summary>The most that is both a whole number of 64 bits and a floating-point number.</summary>
    public const decimal Most = 9_223_372_036_854_774_784m;

    // The largest first.
    private static readonly PolicyUnit[] _all =
    [
        new("tCO2e", false, 1e12m), new("kgCO2e", false, 1e9m), new("gCO2e", false, 1e6m), new("mgCO2e", false, 1e3m), new("ugCO2e", false, 1),
        new("kWh", true, 3.6e12m), new("Wh", true, 3.6e9m), new("MJ", true, 1e12m), new("J", true, 1e6m), new("mJ", true, 1e3m), new("uJ", true, 1),
    ];

    public static IEnumerable<string> Names => _all.Select(unit => unit.Name);

    public static PolicyUnit Find(string name) => Array.Find(_all, unit => unit.Name == name)!;

    /// <summary>The units of a quantity, for people.</summary>
    public static string Of(bool isEnergy) => string.Join(", ", _all.Where(unit => unit.IsEnergy == isEnergy).Select(unit => unit.Name));

    /// <summary>An amount in micrograms or microjoules.</summary>
    /// <returns>False where there are too many.</returns>
    public bool TryConvert(decimal amount, out decimal microunits)
    {
        bool fits = Math.Abs(amount) <= Most / Microunits;
        microunits = fits ? amount * Microunits : 0;
        return fits;
    }

    /// <summary>An amount in the unit that has the shortest number for it: the same amount is always written the same.</summary>
    public static (decimal Amount, PolicyUnit Unit) Shortest(decimal microunits, bool isEnergy)
    {
        (decimal Amount, PolicyUnit Unit) best = default;
        int length = int.MaxValue;
        foreach (PolicyUnit unit in _all)
        {
            if (unit.IsEnergy != isEnergy) continue;
            decimal amount = Normal(microunits / unit.Microunits);
            int digits = amount.ToString(CultureInfo.InvariantCulture).Length;
            if (amount * unit.Microunits != microunits || digits >= length) continue;
            (best, length) = ((amount, unit), digits);
        }

        return best;
    }

    // Without zeros at the end.
    private static decimal Normal(decimal value) => value / 1.0000000000000000000000000000m;
}
