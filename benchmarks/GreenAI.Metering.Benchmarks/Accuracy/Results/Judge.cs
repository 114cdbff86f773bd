namespace GreenAI.Metering.Benchmarks;

/// <summary>Holds results against their bars, each on its worst seed.</summary>
internal static class Judge
{
    private const double CoveragePercent = 90;
    private const double MedianStatedPercent = 25;

    public static IReadOnlyList<BarVerdict> All(IReadOnlyList<ScenarioResult> results)
    {
        List<BarVerdict> verdicts = [.. results.SelectMany(Of)];
        ModelResult[] pairs = [.. results.SelectMany(static result => result.Pairs)];
        verdicts.Add(new BarVerdict(
            $"all scenarios, truth within the stated uncertainty, % of {pairs.Length} (scenario, model, seed)",
            CoveredPercent(pairs), CoveragePercent, AtLeast: true));
        verdicts.Add(new BarVerdict(
            "all scenarios, median uncertainty stated where identified, %",
            Spread.Median(results.SelectMany(static result => result.StatedWhereIdentified)), MedianStatedPercent));
        verdicts.Add(new BarVerdict("all scenarios, conservation, µJ", results.Max(static result => result.Conservation), 0));
        verdicts.Add(new BarVerdict("all scenarios, requests lost", results.Sum(static result => result.RequestsLost), 0));
        return verdicts;
    }

    /// <summary>How many models' truths lie within what was stated, in percent.</summary>
    public static double CoveredPercent(IReadOnlyCollection<ModelResult> pairs) =>
        100.0 * pairs.Count(static pair => pair.Covered) / pairs.Count;

    private static IEnumerable<BarVerdict> Of(ScenarioResult result)
    {
        ScenarioBars bars = result.Scenario.Bars;
        // Where no model is that large there is nothing to hold; any other figure that is missing misses its bar.
        double? large = result.LargeModelError.Worst is null ? null : bars.LargeModelError;
        double? small = result.SmallModelError.Worst is null ? null : bars.SmallModelError;
        (string What, double? Limit, double? Value)[] all =
        [
            ("misallocated, %", bars.Misallocated, result.Misallocated.Worst),
            ("error of models > 20 %, %", large, result.LargeModelError.Worst),
            ("error of models > 2 %, %", small, result.SmallModelError.Worst),
            ("worse than equal shares, points", bars.WorseThanEqualPoints, result.WorseThanEqual.Worst),
            ("learned again, s of activity", bars.RelearnSeconds, result.Relearning.Worst),
        ];
        return all.Where(static bar => bar.Limit is not null)
            .Select(bar => new BarVerdict($"{result.Scenario.Name}, {bar.What}", bar.Value, bar.Limit!.Value));
    }
}
