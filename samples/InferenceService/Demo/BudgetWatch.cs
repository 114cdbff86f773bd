namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Looks at a budget ten times a second and keeps each change of its verdict.</summary>
internal sealed class BudgetWatch(EnergyMeter meter, string budget, TimeProvider time)
{
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(100);

    private readonly List<BudgetMoment> _changes = [];
    private volatile BudgetMoment? _now;

    public string Budget => budget;

    /// <summary>How it stands; null where the policy in force has no such budget.</summary>
    public BudgetMoment? Now => _now;

    /// <summary>A moment for each change of the verdict, the first one too. To be read when the watch is over.</summary>
    public IReadOnlyList<BudgetMoment> Changes => _changes;

    public async Task RunAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(_period, time);
        try
        {
            do Look();
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The end of the watch.
        }
    }

    public void Look()
    {
        if (meter.Budgets.Status().FirstOrDefault(row => row.Budget == budget) is not { Limit: > 0 } status) return;
        string text = $"{SiText.Quantity(status.Spent / 1e6, "J")} of {SiText.Quantity(status.Limit / 1e6, "J")}";
        BudgetMoment now = new(time.GetUtcNow(), status.Verdict, status.Spent / status.Limit, status.PeriodEnd, text);
        if (_changes.Count == 0 || _changes[^1].Verdict != now.Verdict) _changes.Add(now);
        _now = now;
    }
}
