using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Reads what a scenario file says of its models.</summary>
internal static class ModelSections
{
    private static readonly Dictionary<string, Distribution> _distributions = new()
    {
        ["fixed"] = Distribution.Fixed,
        ["exponential"] = Distribution.Exponential,
        ["lognormal"] = Distribution.LogNormal,
    };

    public static Distribution DistributionOf(JsonSection section, string key) => section.Choice(key, _distributions, "exponential");

    public static ModelPlan Model(JsonSection section)
    {
        var plan = new ModelPlan(
            section.Text("name"),
            section.Number("watts", 0.001, 10_000),
            section.Number("durationMs", 0.01, 600_000) / 1000,
            DistributionOf(section, "distribution"),
            section.Number("waiting", 0, 0.99, 0),
            section.Flag("marksWaiting", false),
            HostSections.Changes(section, "changes", 0.001));
        section.End();
        return plan;
    }

    /// <summary>Many models at once: watts and durations in geometric steps (durations falling back and forth), the same open rate each.</summary>
    public static void Generate(JsonSection section, List<ModelPlan> models, List<ArrivalPlan> arrivals)
    {
        int count = section.Whole("count", 2, 256);
        double leastWatts = section.Number("wattsFrom", 0.001, 10_000);
        double mostWatts = section.Number("wattsTo", 0.001, 10_000);
        double shortest = section.Number("durationMsFrom", 0.01, 600_000) / 1000;
        double longest = section.Number("durationMsTo", 0.01, 600_000) / 1000;
        double rate = section.Number("rate", 0.001, 10_000);
        Distribution distribution = DistributionOf(section, "distribution");
        section.End();
        for (int i = 0; i < count; i++)
        {
            double watts = leastWatts * Math.Pow(mostWatts / leastWatts, i / (count - 1.0));
            // 7 shares no factor with usual counts: durations run through their range seven times.
            double duration = shortest * Math.Pow(longest / shortest, i * 7 % count / (count - 1.0));
            string name = string.Create(CultureInfo.InvariantCulture, $"model-{i + 1:00}");
            models.Add(new ModelPlan(name, watts, duration, distribution, 0, false, []));
            arrivals.Add(new ArrivalPlan([models.Count - 1], rate, 0, 0, 0, 0, 0, 0, Distribution.Exponential, []));
        }
    }
}
