using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Amounts of policies: a value and a unit on paper, micrograms or microjoules inside.</summary>
internal static class PolicyAmount
{
    /// <summary>The amount in micrograms or microjoules; what is wrong with it is told.</summary>
    public static decimal Read(JsonElement amount, string path, bool isEnergy, bool isWhole, SchemaProblems problems)
    {
        JsonElement value = amount.Part("value")!.Value;
        PolicyUnit unit = PolicyUnit.Find(amount.Text("unit")!);
        if (unit.IsEnergy != isEnergy)
        {
            problems.Add(path + ".unit", $"It is \"{unit.Name}\"; {(isEnergy ? "energy" : "emissions")} must be stated in {PolicyUnit.Of(isEnergy)}.");
            return 1;
        }

        if (!value.TryGetDecimal(out decimal number) || !unit.TryConvert(number, out decimal microunits))
        {
            decimal most = decimal.Round(PolicyUnit.Most / unit.Microunits, 3, MidpointRounding.ToZero);
            problems.Add(path + ".value", string.Create(CultureInfo.InvariantCulture, $"It is {SchemaWords.Shown(value)}; in {unit.Name} it must be at most {most}, for it is counted in whole millionths."));
            return 1;
        }

        if (isWhole) microunits = decimal.Round(microunits);
        decimal least = isWhole ? 1 : PolicyUnit.Least;
        if (microunits >= least) return microunits;
        problems.Add(path + ".value", string.Create(
            CultureInfo.InvariantCulture, $"It is {SchemaWords.Shown(value)} {unit.Name}; it must be at least {least} {(isEnergy ? "uJ" : "ugCO2e")}."));
        return 1;
    }

    /// <summary>The floating-point number that is nearest; the conversion that decimals have does not always give it.</summary>
    public static double ToDouble(decimal microunits) => double.Parse(microunits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The amount as it is written; what is no amount comes out as something that the reader refuses.</summary>
    public static void Write(Utf8JsonWriter writer, string name, double microunits, bool isEnergy)
    {
        string text = microunits.ToString("R", CultureInfo.InvariantCulture);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) && exact != 0)
        {
            Write(writer, name, exact, isEnergy);
            return;
        }

        writer.WriteStartObject(name);
        writer.Number("value", microunits);
        writer.WriteString("unit", isEnergy ? "uJ" : "ugCO2e");
        writer.WriteEndObject();
    }

    /// <summary>The amount in the unit that takes the fewest digits.</summary>
    public static void Write(Utf8JsonWriter writer, string name, decimal microunits, bool isEnergy)
    {
        (decimal amount, PolicyUnit unit) = PolicyUnit.Shortest(microunits, isEnergy);
        writer.WriteStartObject(name);
        writer.WriteNumber("value", amount);
        writer.WriteString("unit", unit.Name);
        writer.WriteEndObject();
    }
}
