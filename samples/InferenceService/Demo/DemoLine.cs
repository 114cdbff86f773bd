using Spectre.Console;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Where the demonstration is, for one line.</summary>
internal sealed record DemoLine(TimeSpan Elapsed, long Requests, double Joules, double? Grams)
{
    public static DemoLine Take(EnergyMeter meter, LoadGenerator load, TimeSpan elapsed)
    {
        EnergyTotals totals = meter.GetTotals();
        CarbonMass?[] grams = [.. totals.Carbon.Models.Select(model => model.OperationalWithIdle)];
        return new DemoLine(
            elapsed,
            load.Requests,
            totals.Models.Sum(model => model.EnergyWithIdle.Joules),
            grams.Any(mass => mass is not null) ? grams.Sum(mass => mass?.GramsCO2e ?? 0) : null);
    }

    /// <summary>Rates since the line before, sums since metering began. In Spectre's markup.</summary>
    public string Text(DemoLine before, BudgetMoment? budget)
    {
        double seconds = (Elapsed - before.Elapsed).TotalSeconds;
        string line = FormattableString.Invariant($"{Elapsed:mm\\:ss}  {(Requests - before.Requests) / seconds,6:N0} requests/s  ")
            + $"{SiText.Quantity((Joules - before.Joules) / seconds, "W"),8}  {SiText.Quantity(Joules, "J"),8}  "
            + $"{(Grams is { } known ? SiText.Quantity(known, "g") : "no grams"),8}";
        return Markup.Escape(line) + (budget is null ? "" : $"  {VerdictText.Colored(budget.Verdict)} {Markup.Escape(budget.Text)}");
    }
}
