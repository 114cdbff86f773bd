namespace GreenAI.Metering.Benchmarks;

/// <summary>How long a model must be active after its cost changed until it is known again.</summary>
/// <remarks>
/// The earlier of two: its learned watts stay within 10 % of the new truth for the rest of the run; the energy misallocated in trailing windows of
/// 5 s stays under 5 %. (Learned watts are of in-flight time: where a model waits unmarked, only the windows tell.)
/// </remarks>
internal static class Relearning
{
    private const int WindowCheckpoints = 5;
    private const double BarPercent = 5;
    private const double Tolerance = 0.1;

    /// <summary>The seconds of the slowest model; null when one was not learned again, or none changed.</summary>
    public static double? Seconds(Scenario scenario, IReadOnlyList<Checkpoint> checkpoints)
    {
        double slowest = -1;
        for (int model = 0; model < scenario.Models.Count; model++)
        {
            if (scenario.Models[model].Changes is not [.., Change last]) continue;
            if (After(model, last.Watts, scenario.LeadInSeconds + last.AtSeconds, checkpoints) is not { } seconds) return null;
            slowest = Math.Max(slowest, seconds);
        }

        return slowest < 0 ? null : slowest;
    }

    private static double? After(int model, double watts, double changed, IReadOnlyList<Checkpoint> checkpoints)
    {
        int first = 0;
        while (first < checkpoints.Count && checkpoints[first].Seconds < changed) first++;
        if (first >= checkpoints.Count) return null;
        double? byWatts = Since(i => checkpoints[i].Learned[model] is { } learned && Math.Abs(learned.Watts - watts) <= Tolerance * watts);
        double? byWindow = Since(i => i >= first + WindowCheckpoints && Window(checkpoints[i - WindowCheckpoints], checkpoints[i]) <= BarPercent);
        return byWatts is null ? byWindow : byWindow is null ? byWatts : Math.Min(byWatts.Value, byWindow.Value);

        double? Since(Func<int, bool> good)
        {
            int since = checkpoints.Count;
            while (since > first && good(since - 1)) since--;
            return since == checkpoints.Count ? null : checkpoints[since].BusySeconds[model] - checkpoints[first].BusySeconds[model];
        }
    }

    private static double Window(Checkpoint from, Checkpoint until) =>
        Misallocation.Percent(Difference(from.Billed, until.Billed), Difference(from.True, until.True));

    private static double[] Difference(double[] from, double[] until) => [.. until.Zip(from, static (a, b) => a - b)];
}
