namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Runs the phases one after the other on real rows.</summary>
internal sealed class Workload(DigitSet rows, int batch, TimeProvider time)
{
    private static readonly TimeSpan _progressPeriod = TimeSpan.FromMilliseconds(200);

    public Task RunAsync(IReadOnlyList<WorkloadPhase> phases, IPhaseDisplay display) => display.ShowAsync(phases, RunPhaseAsync);

    private async Task<string> RunPhaseAsync(WorkloadPhase phase, Action<double> progress)
    {
        if (phase.Threads.Count == 0)
        {
            // Not even the display moves: the meter learns here what the machine draws when nobody works.
            await Task.Delay(phase.Duration, time);
            return "nothing ran";
        }

        WorkloadModel[] models = [.. phase.Threads.Distinct()];
        long[] before = [.. models.Select(model => model.Tally.Inferences)];
        await RunThreadsAsync(phase, progress);
        return string.Join(", ", models.Select((model, i) =>
            FormattableString.Invariant($"{model.Tally.Inferences - before[i]:N0} of {model.Name}")));
    }

    private async Task RunThreadsAsync(WorkloadPhase phase, Action<double> progress)
    {
        long start = time.GetTimestamp();
        Task all = Task.WhenAll(phase.Threads.Select((model, thread) => Task.Factory.StartNew(
            () => Work(model, firstRow: thread * batch, start, phase.Duration),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        while (!all.IsCompleted)
        {
            progress(Math.Min(1, time.GetElapsedTime(start) / phase.Duration));
            await Task.WhenAny(all, Task.Delay(_progressPeriod, time));
        }

        await all;
    }

    private void Work(WorkloadModel model, int firstRow, long start, TimeSpan duration)
    {
        using MeteredClassifier classifier = model.CreateClassifier();
        int[] digits = new int[batch];
        int windows = rows.Count - batch + 1;
        for (int first = firstRow % windows; time.GetElapsedTime(start) < duration; first = (first + batch) % windows)
        {
            classifier.Classify(rows.Rows(first, batch), digits);
            model.Tally.AddRight(digits, rows.Labels.Slice(first, batch));
        }
    }
}
