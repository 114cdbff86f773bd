using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>What models have cost, of a snapshot: the largest each, the rest together.</summary>
internal static class PageModels
{
    public const int Shown = 20;

    /// <summary>The names of the models that are shown each, the largest first.</summary>
    public static string[] Largest(EnergyTotals totals) =>
        [.. totals.Models.OrderByDescending(model => model.Energy.Microjoules).ThenByDescending(model => model.Inferences).Take(Shown).Select(model => model.Name)];

    public static void Write(Utf8JsonWriter writer, EnergyTotals totals, string[] shown)
    {
        writer.WriteStartArray("models");
        foreach (string name in shown) Write(writer, totals.Model(name)!, totals.Carbon.Model(name));
        writer.WriteEndArray();
        ModelTotals[] rest = [.. totals.Models.Where(model => !shown.Contains(model.Name))];
        writer.WriteStartObject("moreModels");
        writer.WriteNumber("count", rest.Length);
        writer.WriteNumber("joules", rest.Sum(model => model.Energy.Joules));
        writer.Mass("grams", GramsOf(rest, totals.Carbon));
        writer.WriteNumber("succeeded", rest.Sum(model => model.Succeeded));
        writer.WriteNumber("failed", rest.Sum(model => model.Failed));
        writer.WriteNumber("abandoned", rest.Sum(model => model.Abandoned));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ModelTotals model, CarbonModelTotals? carbon)
    {
        writer.WriteStartObject();
        writer.WriteString("name", model.Name);
        writer.WriteNumber("joules", model.Energy.Joules);
        writer.WriteNumber("joulesWithIdle", model.EnergyWithIdle.Joules);
        writer.Mass("grams", carbon?.Operational);
        writer.Mass("gramsWithIdle", carbon?.OperationalWithIdle);
        writer.Mass("embodiedGrams", carbon?.Embodied);
        writer.WriteNumber("succeeded", model.Succeeded);
        writer.WriteNumber("failed", model.Failed);
        writer.WriteNumber("abandoned", model.Abandoned);
        writer.WriteNumber("workUnits", model.WorkUnits);
        writer.Figure("joulesPerInference", model.EnergyPerInferenceWithIdle?.Joules);
        writer.Figure("marginalJoulesPerInference", model.EnergyPerInference?.Joules);
        writer.WriteString("reason", ReasonOf(model));
        writer.WriteString("tier", model.Tier.ToString());
        writer.Uncertainty(model.Uncertainty);
        writer.WriteEndObject();
    }

    private static CarbonMass? GramsOf(ModelTotals[] models, CarbonTotals carbon)
    {
        CarbonMass[] known = [.. models.Select(model => carbon.Model(model.Name)?.Operational).OfType<CarbonMass>()];
        return known.Length == 0 ? null : CarbonMass.FromMicrograms(known.Sum(mass => mass.Micrograms));
    }

    private static string? ReasonOf(ModelTotals model) =>
        model.EnergyPerInferenceWithIdle is not null ? null
        : model.Inferences == 0 ? "no inference has a final bill yet"
        : model.Tier == MeasurementTier.Unavailable ? "nothing was metered while it ran"
        : "below what the counters can resolve";
}
