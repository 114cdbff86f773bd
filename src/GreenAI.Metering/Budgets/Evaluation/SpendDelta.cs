namespace GreenAI.Metering;

/// <summary>What was spent and asked for between two ticks, in whole units of which none is lost by rounding.</summary>
/// <remarks>The first tick tells of nothing: when it was spent is not known.</remarks>
internal struct SpendDelta
{
    private bool _begun;
    private long _periodStart;
    private long _spent;
    private long _charged;
    private long _requests;

    /// <summary>Micrograms or microjoules since the tick before.</summary>
    public long Spent { get; private set; }

    /// <summary>Inferences since the tick before, refused ones too.</summary>
    public long Requests { get; private set; }

    /// <summary>Takes a tick.</summary>
    public void Update(in BudgetFigures figures, bool rolls)
    {
        long spent = Whole(figures.Spent), charged = Whole(figures.Charged);
        if (_begun)
        {
            Spent = double.IsNaN(figures.Charged) ? Period(figures, rolls, spent) : Less(charged, _charged);
            Requests = Less(figures.Requests, _requests);
        }

        (_charged, _requests) = (charged, figures.Requests);
        if (!_begun || rolls || figures.PeriodStartTicks >= _periodStart) (_spent, _periodStart) = (spent, figures.PeriodStartTicks);
        _begun = true;
    }

    /// <summary>A number as a whole one; its ends for what lies outside, 0 for none.</summary>
    private static long Whole(double value) =>
        double.IsNaN(value) ? 0 : value >= long.MaxValue ? long.MaxValue : value <= long.MinValue ? long.MinValue : (long)Math.Round(value);

    private static long Less(long value, long by)
    {
        Int128 difference = (Int128)value - by;
        return difference > long.MaxValue ? long.MaxValue : difference < long.MinValue ? long.MinValue : (long)difference;
    }

    // A new period begins at nothing. One that the clock went back to was counted when it was the latest, and so was the latest when the clock comes back to it.
    private readonly long Period(in BudgetFigures figures, bool rolls, long spent)
    {
        if (rolls) return Math.Max(0, Less(spent, _spent));
        if (figures.PeriodStartTicks == _periodStart) return Less(spent, _spent);
        return figures.PeriodStartTicks > _periodStart ? spent : 0;
    }
}
