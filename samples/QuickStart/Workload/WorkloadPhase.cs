namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>
/// A stretch of the workload: the model that each of its threads runs, again and again, until the time is over.
/// </summary>
internal sealed record WorkloadPhase(string Name, TimeSpan Duration, IReadOnlyList<WorkloadModel> Threads)
{
    private const int MaxThreads = 8;

    /// <summary>Idle, each model alone on one thread, then all of them together.</summary>
    /// <remarks>
    /// Together there is a thread for each processor, and at least one for each model: with more, inferences would stand in
    /// the scheduler's queue and time in flight would say little about work.
    /// </remarks>
    public static IReadOnlyList<WorkloadPhase> Plan(IReadOnlyList<WorkloadModel> models, TimeSpan duration, int processors)
    {
        int threads = Math.Max(models.Count, Math.Min(processors, MaxThreads));
        WorkloadModel[] together = [.. Enumerable.Range(0, threads).Select(i => models[i % models.Count])];
        return
        [
            new WorkloadPhase("idle", duration, []),
            .. models.Select(model => new WorkloadPhase($"{model.Name} alone", duration, [model])),
            new WorkloadPhase(FormattableString.Invariant($"together on {threads} threads"), duration, together),
        ];
    }
}
