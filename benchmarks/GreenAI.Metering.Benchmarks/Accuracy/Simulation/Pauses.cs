namespace GreenAI.Metering.Benchmarks;

/// <summary>When all traffic pauses, by simulated seconds.</summary>
internal sealed class Pauses
{
    private readonly List<(double From, double Until)> _pauses = [];

    public Pauses(Scenario scenario, int seed)
    {
        PausePlan plan = scenario.Pauses;
        if (plan.EverySeconds == 0) return;
        var draw = new Draw(seed, DrawPurpose.Pauses);
        for (double at = scenario.LeadInSeconds; at < scenario.TotalSeconds;)
        {
            double from = at + draw.Exponential(plan.EverySeconds);
            at = from + draw.Exponential(plan.Seconds);
            _pauses.Add((from, at));
        }
    }

    /// <summary>The end of the pause at a time; the time itself when there is none.</summary>
    public double EndAt(double seconds)
    {
        foreach ((double from, double until) in _pauses)
        {
            if (seconds >= from && seconds < until) return until;
        }

        return seconds;
    }
}
