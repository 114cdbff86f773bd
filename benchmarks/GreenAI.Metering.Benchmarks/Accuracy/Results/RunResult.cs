namespace GreenAI.Metering.Benchmarks;

/// <summary>One scenario, run once.</summary>
internal sealed record RunResult
{
    private const double LargeShare = 0.2;
    private const double SmallShare = 0.02;

    public required IReadOnlyList<ModelResult> Models { get; init; }

    /// <summary>The most that the books were out, at any time, in microjoules.</summary>
    public required long ConservationMicrojoules { get; init; }

    /// <summary>Requests begun, less requests billed, plus requests dropped: 0.</summary>
    public required long RequestsLost { get; init; }

    public required long Requests { get; init; }

    /// <summary>Seconds of activity after a model's cost changed until it was learned again; null when it was not, or nothing changed.</summary>
    public required double? RelearnSeconds { get; init; }

    /// <summary>½ Σ |billed − true| / Σ true, over models, in percent.</summary>
    public double MisallocatedPercent => Misallocation.Percent(
        [.. Models.Select(static model => model.BilledJoules)], [.. Models.Select(static model => model.TrueJoules)]);

    /// <summary>The largest error, in percent, of models with more than 20 % of the energy; null when there is none.</summary>
    public double? LargeModelErrorPercent => WorstError(LargeShare);

    /// <summary>The largest error, in percent, of models with more than 2 % of the energy.</summary>
    public double? SmallModelErrorPercent => WorstError(SmallShare);

    private double? WorstError(double share)
    {
        double total = Models.Sum(static model => model.TrueJoules);
        return Models.Where(model => model.TrueJoules > share * total).Max(static model => (double?)model.RelativeError) * 100;
    }
}
