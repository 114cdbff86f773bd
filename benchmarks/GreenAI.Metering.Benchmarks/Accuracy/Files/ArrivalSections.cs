namespace GreenAI.Metering.Benchmarks;

/// <summary>Reads what a scenario file says of arrivals.</summary>
internal static class ArrivalSections
{
    public static ArrivalPlan Arrival(JsonSection section, IReadOnlyList<ModelPlan> models)
    {
        int[] indices = [.. Names(section).Select(name => IndexOf(section, models, name))];
        JsonSection sine = section.Section("sine");
        JsonSection bursts = section.Section("bursts");
        var plan = new ArrivalPlan(
            indices,
            section.Number("rate", 0, 10_000, 0),
            section.Has("sine") ? sine.Number("periodSeconds", 0.1, 3600) : 0,
            section.Has("sine") ? sine.Number("amplitude", 0, 1) : 0,
            section.Has("bursts") ? bursts.Number("onSeconds", 0.01, 3600) : 0,
            section.Has("bursts") ? bursts.Number("offSeconds", 0.01, 3600) : 0,
            section.Whole("workers", 0, 1000, 0),
            section.Number("thinkMs", 0, 600_000, 0) / 1000,
            ModelSections.DistributionOf(section, "thinkDistribution"),
            section.Numbers("atSeconds"));
        sine.End();
        bursts.End();
        section.End();
        int kinds = (plan.Rate > 0 ? 1 : 0) + (plan.Workers > 0 ? 1 : 0) + (plan.AtSeconds.Count > 0 ? 1 : 0);
        return kinds == 1 ? plan : throw section.Problem("rate", "must stand alone; allowed: exactly one of rate, workers, atSeconds");
    }

    public static PausePlan Pauses(JsonSection section)
    {
        var plan = new PausePlan(section.Number("everySeconds", 0, 3600, 0), section.Number("seconds", 0.01, 3600, 1));
        section.End();
        return plan;
    }

    private static IReadOnlyList<string> Names(JsonSection section)
    {
        IReadOnlyList<string> together = section.Texts("together");
        if (together.Count > 0 == section.Has("model")) throw section.Problem("model", "must stand alone; allowed: exactly one of model, together");
        return together.Count > 0 ? together : [section.Text("model")];
    }

    private static int IndexOf(JsonSection section, IReadOnlyList<ModelPlan> models, string name)
    {
        for (int i = 0; i < models.Count; i++)
        {
            if (models[i].Name == name) return i;
        }

        throw section.Problem("model", $"is \"{name}\"; allowed: {string.Join(", ", models.Select(static model => model.Name))}");
    }
}
