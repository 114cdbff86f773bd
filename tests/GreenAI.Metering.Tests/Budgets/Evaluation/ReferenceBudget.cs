namespace GreenAI.Metering.Tests;

/// <summary>A budget that remembers every tick and looks through all of them each time: slow, and plain to see that it is right.</summary>
internal sealed class ReferenceBudget(BudgetDefinition definition, TimeZoneInfo zone)
{
    private readonly List<(long From, long To, long Spent, long Requests, string Period)> _ticks = [];
    private readonly long?[] _tripped = new long?[definition.Ladder.Count];
    private string _period = "";

    public double Spent { get; private set; }

    public long Inferences { get; private set; }

    public bool IsNewPeriod { get; private set; }

    public bool StepIsActive(int step) => _tripped[step] is not null;

    public void Tick(long now, long spent, long requests)
    {
        string period = PeriodOf(now);
        IsNewPeriod = period != _period;
        _period = period;
        _ticks.Add((_ticks.Count > 0 ? _ticks[^1].To : now, now, spent, requests, period));
        long from = now - definition.Window.Length.Ticks;
        var counted = _ticks.Where(tick => definition.Window.Type == BudgetWindowType.Rolling ? tick.To > from : tick.Period == period).ToList();
        Spent = counted.Sum(static tick => (double)tick.Spent);
        Inferences = counted.Sum(static tick => tick.Requests);
    }

    /// <summary>What was spent in the time before now, each tick's spend taken evenly over its interval; the first tick's is not known.</summary>
    public double SpentIn(long length)
    {
        long since = _ticks[^1].To - length;
        return _ticks.Skip(1).Sum(tick =>
            tick.To < since || tick.To == tick.From ? (tick.To >= since && tick.To == tick.From ? tick.Spent : 0)
            : tick.Spent * (Math.Min(1, (tick.To - since) / (double)(tick.To - tick.From))));
    }

    public long Seen => _ticks[^1].To - _ticks[0].To;

    /// <summary>The verdict, from the forecast and the rates that were checked before.</summary>
    public Verdict Decide(double limit, double forecast, double lowShare, Func<int, bool> burns)
    {
        if (IsNewPeriod && definition.Window.Type == BudgetWindowType.Calendar) Array.Clear(_tripped);
        long now = _ticks[^1].To;
        Verdict strictest = Verdict.Allow;
        for (int i = 0; i < definition.Ladder.Count; i++)
        {
            LadderStep step = definition.Ladder[i];
            double value = step.On == LadderMeasure.Forecast ? forecast : Spent;
            if (_tripped[i] is not { } at)
            {
                if (value >= step.At * limit) _tripped[i] = now;
            }
            else
            {
                bool below = double.IsNaN(value) || value < (step.Clear ?? step.At) * limit;
                if (below && now - at >= step.Dwell.Ticks) _tripped[i] = null;
            }

            if (_tripped[i] is null) continue;
            Verdict verdict = step.Action.Verdict;
            if (step.MinTier == MeasurementTier.Measured && lowShare > 0.01 && verdict > Verdict.Warn) verdict = Verdict.Warn;
            if (verdict > strictest) strictest = verdict;
        }

        for (int i = 0; i < definition.Burn.Count; i++)
        {
            if (burns(i) && definition.Burn[i].Action.Verdict > strictest) strictest = definition.Burn[i].Action.Verdict;
        }

        return strictest;
    }

    /// <summary>What the wall calendar and the wall clock of the zone show.</summary>
    private string PeriodOf(long now)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(new DateTimeOffset(now, TimeSpan.Zero), zone);
        return definition.Window.Unit switch
        {
            // Hours count on through summer time: no zone of the test moves by a part of one.
            CalendarUnit.Hour => $"{Math.Floor((now / 36e9) + (local.Offset.TotalHours - Math.Floor(local.Offset.TotalHours)))}",
            CalendarUnit.Day => $"{local:yyyy-MM-dd}",
            _ => $"{local:yyyy-MM}",
        };
    }
}
