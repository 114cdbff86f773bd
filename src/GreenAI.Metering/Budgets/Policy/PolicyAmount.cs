using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Amounts of policies: a value and a unit on paper, micrograms or microjoules inside.</summary>
internal static class PolicyAmount
{
    /// <summary>The amount in micrograms or microjoules; what is wrong with it is told.</summary>
    public static double Read(JsonElement amount, string path, bool isEnergy, bool isWhole, SchemaProblems problems)
    {
        JsonElement value = amount.Part("value")!.Value;
        PolicyUnit unit = PolicyUnit.Find(amount.Text("unit")!);
        if (unit.IsEnergy != isEnergy)
        {
            problems.Add(path + ".unit", $"It is \"{unit.Name}\"; {(isEnergy ? "energy" : "emissions")} must be stated in {PolicyUnit.Of(isEnergy)}.");
            return 1;
        }

        if (!value.TryGetDecimal(out decimal number) || !unit.TryConvert(number, out double microunits))
        {
            decimal most = decimal.Round(long.MaxValue / unit.Microunits, 3, MidpointRounding.ToZero);
            problems.Add(path + ".value", string.Create(CultureInfo.InvariantCulture, $"It is {SchemaWords.Shown(value)}; in {unit.Name} it must be at most {most}, for it is counted in whole millionths."));
            return 1;
        }

        if (isWhole) microunits = Math.Round(microunits);
        double least = isWhole ? 1 : PolicyUnit.Least;
        if (microunits >= least) return microunits;
        problems.Add(path + ".value", string.Create(
            CultureInfo.InvariantCulture, $"It is {SchemaWords.Shown(value)} {unit.Name}; it must be at least {(decimal)least} {(isEnergy ? "uJ" : "ugCO2e")}."));
        return 1;
    }

    /// <summary>The amount as it is written: in the unit that takes the fewest digits.</summary>
    public static void Write(Utf8JsonWriter writer, string name, double microunits, bool isEnergy)
    {
        writer.WriteStartObject(name);
        string text = microunits.ToString("R", CultureInfo.InvariantCulture);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) && exact != 0)
        {
            (decimal amount, PolicyUnit unit) = PolicyUnit.Shortest(exact, isEnergy);
            writer.WriteNumber("value", amount);
            writer.WriteString("unit", unit.Name);
        }
        else
        {
            writer.Number("value", microunits);
            writer.WriteString("unit", isEnergy ? "uJ" : "ugCO2e");
        }

        writer.WriteEndObject();
    }
}
