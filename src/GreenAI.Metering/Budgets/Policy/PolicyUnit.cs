using System.Globalization;

namespace GreenAI.Metering;

/// <summary>A unit in which policies state amounts.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="IsEnergy">Whether it is of energy rather than of mass.</param>
/// <param name="Microunits">Micrograms or microjoules in one.</param>
internal sealed record PolicyUnit(string Name, bool IsEnergy, decimal Microunits)
{
    /// <summary>The least that is told apart from nothing: a picogram or a picojoule.</summary>
    public const double Least = 1e-6;

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

    /// <summary>Whole micrograms or microjoules are exact; of what is less than one, as many digits as a double holds.</summary>
    /// <returns>False where there are too many.</returns>
    public bool TryConvert(decimal amount, out double microunits)
    {
        microunits = 0;
        if (Math.Abs(amount) > long.MaxValue / Microunits) return false;
        // Through text: the conversion of long decimals is not rounded correctly.
        microunits = double.Parse((amount * Microunits).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return microunits < long.MaxValue;
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
