namespace GreenAI.Metering;

/// <summary>What the application has said of a model, or of the host: nothing a counter could tell.</summary>
internal sealed class ModelRecord
{
    private const int MaxAttempts = 10_000;

    private readonly List<KpiAttempt> _attempts = [];

    /// <summary>Whether an attempt was recorded.</summary>
    public bool HasAttempts => _attempts.Count > 0;

    /// <summary>Whether a training was recorded.</summary>
    public bool HasTraining { get; set; }

    public double? Accuracy { get; set; }

    public long TrainingBytes { get; set; }

    public string TaskAndMetric { get; set; } = "task and metric not stated";

    public TrainingEnergy Training { get; set; }

    public KpiValue EnergyToSolution => GreenAI.Metering.EnergyToSolution.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_attempts));

    /// <summary>Adds an attempt. After one that reached the outcome the next begins another solution.</summary>
    public void Add(KpiAttempt attempt)
    {
        if (_attempts.Count > 0 && _attempts[^1].Reached) _attempts.Clear();
        // What is not kept apart any more is still counted: the two oldest become one.
        if (_attempts.Count >= MaxAttempts) Join();
        _attempts.Add(attempt);
    }

    private void Join()
    {
        KpiValue sum = GreenAI.Metering.EnergyToSolution.Of([_attempts[0], _attempts[1]]);
        _attempts[1] = new KpiAttempt(new KpiAmount(sum.Numerator, sum.Tier, null), false);
        _attempts.RemoveAt(0);
    }
}
