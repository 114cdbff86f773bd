namespace GreenAI.Metering;

/// <summary>How fast a budget is spent over the two times of a rule, and whether the rule is in force.</summary>
/// <remarks>
/// The rate is (what was spent ÷ the time it was spent in) ÷ (limit ÷ length of the period). It is not known before the short time has been seen in full; from then
/// on the long one is taken over what has been seen of it. Sums do not begin anew with a period. Not thread-safe; allocates at construction only.
/// </remarks>
internal sealed class BurnState(BurnRule rule)
{
    private readonly RollingSum _long = new(rule.Long);
    private readonly RollingSum _short = new(rule.Short);
    private readonly RollingSum _requests = new(rule.Long);

    /// <summary>Whether it is in force.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The rate over the long time; NaN while it is not known.</summary>
    public double LongRate { get; private set; } = double.NaN;

    /// <summary>The rate over the short time; NaN while it is not known.</summary>
    public double ShortRate { get; private set; } = double.NaN;

    /// <summary>Takes a tick.</summary>
    /// <param name="now">The time.</param>
    /// <param name="spent">What was spent since the tick before.</param>
    /// <param name="requests">How many inferences asked since the tick before.</param>
    /// <param name="pace">Limit ÷ length of the period in ticks; 0 where there is no end.</param>
    /// <returns>Whether the rule came into force or was lifted.</returns>
    public bool Update(long now, long spent, long requests, double pace)
    {
        _long.Spread(spent, now);
        _short.Spread(spent, now);
        _requests.Add(requests, now);
        bool seen = _short.Seen(now) >= rule.Short.Ticks && !double.IsNaN(pace);
        LongRate = seen ? _long.Sum(now) / (double)_long.Covered(now) / pace : double.NaN;
        ShortRate = seen ? _short.Sum(now) / (double)_short.Covered(now) / pace : double.NaN;
        bool active = LongRate >= rule.Factor && ShortRate >= rule.Factor && _requests.Sum(now) >= rule.MinInferences;
        bool changed = active != IsActive;
        IsActive = active;
        return changed;
    }
}
