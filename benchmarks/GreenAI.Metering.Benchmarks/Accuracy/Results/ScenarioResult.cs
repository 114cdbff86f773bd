namespace GreenAI.Metering.Benchmarks;

/// <summary>One scenario over all seeds, by equal time shares and by what the engine learned.</summary>
internal sealed record ScenarioResult(Scenario Scenario, IReadOnlyList<RunResult> Equal, IReadOnlyList<RunResult> Learned)
{
    public Spread EqualMisallocated => Spread.Of(Equal.Select(static run => (double?)run.MisallocatedPercent));

    public Spread Misallocated => Spread.Of(Learned.Select(static run => (double?)run.MisallocatedPercent));

    public Spread LargeModelError => Spread.Of(Learned.Select(static run => run.LargeModelErrorPercent));

    public Spread SmallModelError => Spread.Of(Learned.Select(static run => run.SmallModelErrorPercent));

    /// <summary>Points misallocated beyond equal time shares, seed by seed.</summary>
    public Spread WorseThanEqual => Spread.Of(Learned.Zip(
        Equal, static (learned, equal) => (double?)(learned.MisallocatedPercent - equal.MisallocatedPercent)));

    /// <summary>Seconds of activity until a changed model was known again; empty when one was not, or nothing changed.</summary>
    public Spread Relearning => Learned.All(static run => run.RelearnSeconds is not null)
        ? Spread.Of(Learned.Select(static run => run.RelearnSeconds))
        : default;

    /// <summary>Every model of every seed, as learned.</summary>
    public IEnumerable<ModelResult> Pairs => Learned.SelectMany(static run => run.Models);

    /// <summary>The stated uncertainty of models whose watts the data tell, in percent.</summary>
    public IEnumerable<double> StatedWhereIdentified =>
        Pairs.Where(static model => model.Learned is { Identified: true } && model.Stated is not null).Select(static model => model.Stated!.Value * 100);

    public long Conservation => Equal.Concat(Learned).Max(static run => run.ConservationMicrojoules);

    public long RequestsLost => Equal.Concat(Learned).Sum(static run => Math.Abs(run.RequestsLost));
}
