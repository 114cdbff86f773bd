namespace GreenAI.Metering.Benchmarks;

/// <summary>Reads what a scenario file says of the host.</summary>
internal static class HostSections
{
    public static CounterPlan Counter(JsonSection section)
    {
        var plan = new CounterPlan(
            section.Number("periodMs", 0.1, 1000, 1) / 1000,
            section.Number("unitMicrojoules", 1, 1e6, 61.03515625),
            section.Number("noiseWatts", 0, 100, 0.2),
            section.Number("uncertaintyPercent", 0, 100, 0) / 100,
            section.Flag("followsProcessorTime", true));
        section.End();
        return plan;
    }

    public static IdlePlan Idle(JsonSection section)
    {
        var plan = new IdlePlan(
            section.Number("watts", 0, 10_000, 30),
            section.Number("driftWattsPerMinute", -1000, 1000, 0),
            section.Number("walkWattsPerRootMinute", 0, 1000, 0),
            Changes(section, "steps", -10_000));
        section.End();
        return plan;
    }

    public static HostPlan Host(JsonSection section)
    {
        var plan = new HostPlan(
            section.Whole("cores", 1, 1024, 64),
            section.Number("turboDrop", 0, 0.9, 0),
            section.Number("wakeUpWatts", 0, 10_000, 0),
            section.Number("capWatts", 0, 100_000, 0));
        section.End();
        return plan;
    }

    public static ForeignPlan Foreign(JsonSection section)
    {
        var plan = new ForeignPlan(
            section.Whole("threads", 0, 1024, 0),
            section.Number("wattsPerCore", 0, 10_000, 0),
            section.Number("onSeconds", 0.001, 3600, 1),
            section.Number("offSeconds", 0, 3600, 0));
        section.End();
        return plan;
    }

    public static IReadOnlyList<Change> Changes(JsonSection section, string key, double leastWatts)
    {
        List<Change> changes = [];
        foreach (JsonSection item in section.List(key))
        {
            changes.Add(new Change(item.Number("atSeconds", 0, 3600), item.Number("watts", leastWatts, 10_000)));
            item.End();
        }

        return changes;
    }
}
