namespace GreenAI.Metering.Tests;

/// <summary>An assessor with the figures it is fed, kept as a ledger would.</summary>
internal sealed class BudgetRig
{
    private readonly PeriodTracker _periods;
    private readonly Queue<(DateTimeOffset At, double Amount)> _window = new();

    public BudgetRig(BudgetDefinition definition, DateTimeOffset start)
    {
        Assessor = new BudgetAssessor(definition);
        Now = start;
        _periods = new PeriodTracker(definition.Window, start, start);
    }

    public BudgetAssessor Assessor { get; }

    public DateTimeOffset Now { get; private set; }

    public BudgetPeriod Period => _periods.Current;

    public double Spent { get; private set; }

    public double Charged { get; private set; }

    public long Requests { get; private set; }

    public long Inferences { get; private set; }

    public double Modelled { get; set; }

    public double Limit { get; set; } = 1000;

    /// <summary>Whether the assessor is told what was spent over all periods.</summary>
    public bool TellsCharged { get; init; } = true;

    /// <summary>Lets time pass, then spends, then evaluates.</summary>
    public BudgetRig Tick(TimeSpan step, double spend = 0, long requests = 1)
    {
        Now += step;
        BudgetWindow window = Assessor.Definition.Window;
        if (_periods.MoveTo(Now)) (Spent, Inferences) = (0, 0);
        _window.Enqueue((Now, spend));
        Spent += spend;
        while (window.Type == BudgetWindowType.Rolling && _window.TryPeek(out (DateTimeOffset At, double Amount) oldest) && oldest.At <= Now - window.Length)
        {
            _window.Dequeue();
            Spent -= oldest.Amount;
        }

        Charged += spend;
        Requests += requests;
        Inferences += requests;
        Assessor.Update(Figures());
        return this;
    }

    public BudgetFigures Figures() => new()
    {
        UtcTicks = Now.Ticks,
        PeriodStartTicks = _periods.Current.Start.Ticks,
        PeriodEndTicks = _periods.Current.End.Ticks,
        Limit = Limit,
        Spent = Spent,
        Charged = TellsCharged ? Charged : double.NaN,
        Requests = Requests,
        Inferences = Inferences,
        SpentModelled = Spent * Modelled,
        SpentMeasured = Spent * (1 - Modelled),
    };
}
