using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Whether a target of an indicator is met: bounds for its value, and a baseline for the joules of inferences.</summary>
/// <remarks>
/// The baseline is tested when a half of the rule's window is over, on the two last halves, and not at every tick: the more often one asks, the more false alarms.
/// It is fed with joules only. Not thread-safe; an update allocates nothing.
/// </remarks>
internal sealed class KpiRuleAssessor
{
    private readonly WindowedMoments? _moments;
    private double _value = double.NaN;
    private RegressionResult _regression;

    /// <summary>Makes the assessor of a target of which nothing is known.</summary>
    public KpiRuleAssessor(KpiRule rule)
    {
        Rule = rule;
        if (rule.Baseline is not null) _moments = new WindowedMoments(rule.Window);
    }

    /// <summary>The target.</summary>
    public KpiRule Rule { get; }

    /// <summary>How the indicator stands to it.</summary>
    public KpiRuleOutcome Outcome { get; private set; }

    /// <summary>Whether the last update changed the outcome.</summary>
    public bool Changed { get; private set; }

    /// <summary>The verdict: the rule's own while the target is missed.</summary>
    public Verdict Verdict => Outcome == KpiRuleOutcome.Missed ? Rule.Action.Verdict : Verdict.Allow;

    /// <summary>What came of the baseline at the last test.</summary>
    public RegressionResult Regression => _regression;

    /// <summary>Takes the joules of an inference; nothing without a baseline.</summary>
    public void Observe(double joules, long nowTicks)
    {
        if (_moments is null) return;
        Test(nowTicks);
        _moments.Add(joules);
    }

    /// <summary>Takes a tick.</summary>
    /// <param name="value">The indicator in its unit; NaN while it is undefined.</param>
    /// <param name="nowTicks">The time.</param>
    public void Update(double value, long nowTicks)
    {
        _value = value;
        Test(nowTicks);
        bool bounded = Rule.Max is not null || Rule.Min is not null;
        bool missed = value > Rule.Max || value < Rule.Min || _regression.Outcome == RegressionOutcome.Regressed;
        bool met = (!bounded || !double.IsNaN(value)) && (_moments is null || _regression.Outcome is RegressionOutcome.Better or RegressionOutcome.NotWorse);
        KpiRuleOutcome outcome = missed ? KpiRuleOutcome.Missed : met ? KpiRuleOutcome.Met : KpiRuleOutcome.Unknown;
        Changed = outcome != Outcome;
        Outcome = outcome;
    }

    /// <summary>Why, as a sentence with its figures. Allocates.</summary>
    public string Explain()
    {
        string unit = KpiDefinition.Of(Rule.Kpi).Unit;
        string text = double.IsNaN(_value) ? "no value yet" : Text(_value, unit);
        if (Rule.Max is { } max) text += $", {(_value > max ? "above" : "at most")} {Text(max, unit)}";
        if (Rule.Min is { } min) text += $", {(_value < min ? "below" : "at least")} {Text(min, unit)}";
        if (_moments is not null) text += $"; {_regression.Explain()}";
        return $"{Rule.Id}: {text}.";
    }

    // Grams and joules of an inference are small: people read 2.5 µg more easily than 2.5E-06 g.
    private static string Text(double value, string unit)
    {
        (double scale, string prefix) = unit is not ("g" or "J") ? (1, "") : Math.Abs(value) switch
        {
            0 or >= 1e-3 => (1, ""),
            >= 1e-6 => (1e-6, "µ"),
            _ => (1e-9, "n"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value / scale:G6} {prefix}{unit}");
    }

    private void Test(long nowTicks)
    {
        if (_moments?.MoveTo(nowTicks) == true) _regression = RegressionTest.Compare(_moments.Last, Rule.Baseline!);
    }
}
