namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Requests for a model that has a budget, each of which asks before it runs: this is all that an application has to write.</summary>
internal sealed class BudgetStream(EnergyMeter meter, WorkloadModel large, WorkloadModel small, DigitSet rows, int batch, TimeProvider time)
{
    private const string Critical = "critical";

    // Who is refused does not ask again at once.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly int[] _digits = new int[batch];
    private int _first;

    public RequestTally Tally { get; } = new();

    /// <summary>Asks and runs until all verdicts were seen, or the time is over.</summary>
    /// <param name="trail">Receives the answers.</param>
    /// <param name="estimate">The most that a request is likely to cost.</param>
    /// <param name="longest">The time.</param>
    public async Task RunAsync(VerdictTrail trail, Energy estimate, TimeSpan longest)
    {
        using MeteredClassifier largeOne = large.CreateClassifier(), smallOne = small.CreateClassifier();
        ModelHandle model = meter.Model(large.Name);
        long start = time.GetTimestamp();
        for (long request = 0; !trail.IsComplete && time.GetElapsedTime(start) < longest; request++)
        {
            // Every second request is critical: the policy's step that degrades exempts these.
            bool isCritical = request % 2 == 1;
            Admission admission = meter.TryAdmit(new AdmissionRequest(model) { Estimate = estimate, Priority = isCritical ? Critical : null });
            if (!isCritical) trail.Add(admission.Verdict, () => meter.Budgets.Explain(admission));
            if (!admission.MayRun)
            {
                Tally.Refused++;
                Classify(small, smallOne, default);
                Tally.Unlimited++;
                await Task.Delay(_pause, time);
            }
            else if (admission.DegradeTo == small.Name)
            {
                Classify(small, smallOne, admission);
                Tally.Degraded++;
            }
            else
            {
                Classify(large, largeOne, admission);
                Tally.Ran++;
                if (isCritical && trail.Changes[^1].Verdict == Verdict.Degrade) Tally.Exempt++;
            }
        }
    }

    private void Classify(WorkloadModel model, MeteredClassifier classifier, in Admission admission)
    {
        _first = (_first + batch) % (rows.Count - batch + 1);
        classifier.Classify(rows.Rows(_first, batch), _digits, admission);
        model.Tally.AddRight(_digits, rows.Labels.Slice(_first, batch));
    }
}
