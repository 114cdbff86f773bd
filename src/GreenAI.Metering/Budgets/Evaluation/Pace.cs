namespace GreenAI.Metering;

/// <summary>How fast a budget was spent lately, and where that leads.</summary>
/// <remarks>
/// <para>
/// The pace is taken over a tenth of the period (of the first one seen), at least a minute. Where the period is younger than that, or was watched for less, it is what the period has spent
/// by the time that has passed of it; a rolling window that was watched for less is forecast to stay as it is.
/// </para>
/// <para>
/// There is no forecast (NaN) before 1 % of the period has passed, or of a rolling window was watched, unless the limit is reached already: then it is what is
/// spent. A lifetime has none, and neither has what never ends.
/// </para>
/// </remarks>
internal sealed class Pace(BudgetWindowType type)
{
    private const int Part = 10;
    private const int Youngest = 100;

    private RollingSum? _sum;

    /// <summary>Over how long the pace is taken; zero for a lifetime.</summary>
    public TimeSpan LookBack => _sum?.Length ?? TimeSpan.Zero;

    /// <summary>Takes a tick.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="spent">What was spent since the tick before.</param>
    /// <returns>What will have been spent at the end of the period; NaN while that cannot be told.</returns>
    public double Update(in BudgetFigures figures, long spent)
    {
        long now = figures.UtcTicks, start = figures.PeriodStartTicks, end = figures.PeriodEndTicks;
        long length = end - start;
        if (type == BudgetWindowType.Lifetime || length <= 0 || end >= DateTime.MaxValue.Ticks) return double.NaN;
        RollingSum sum = _sum ??= new RollingSum(TimeSpan.FromTicks(Math.Clamp(length / Part, Math.Min(length, TimeSpan.TicksPerMinute), length)));
        sum.Spread(spent, now);
        bool rolls = type == BudgetWindowType.Rolling;
        long seen = sum.Seen(now), passed = rolls ? seen : now - start;
        if (passed <= 0 || passed < length / Youngest) return figures.Spent >= figures.Limit ? figures.Spent : double.NaN;
        long covered = sum.Covered(now);
        bool known = seen >= sum.Length.Ticks && passed >= covered;
        if (rolls) return known ? sum.Sum(now) / (double)covered * length : figures.Spent;
        double pace = known ? sum.Sum(now) / (double)covered : figures.Spent / passed;
        return figures.Spent + (pace * Math.Max(0, end - now));
    }
}
