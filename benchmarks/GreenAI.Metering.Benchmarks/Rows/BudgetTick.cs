using BudgetVerdict = GreenAI.Metering.Verdict;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Budgets of a day, a month and a rolling hour, evaluated every 100 ms as the meter's tick does.</summary>
internal sealed class BudgetTick
{
    private const double Limit = 40e6;

    private readonly BudgetAssessor[] _budgets;
    private readonly PeriodTracker[] _periods;
    private readonly double[] _spent;
    private DateTimeOffset _now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private long _requests;

    public BudgetTick(int budgets)
    {
        _budgets = [.. Enumerable.Range(0, budgets).Select(static i => new BudgetAssessor(Budget(i)))];
        _periods = [.. _budgets.Select(budget => new PeriodTracker(budget.Definition.Window, _now, _now))];
        _spent = new double[budgets];

        // What a tick costs does not depend on how long it is: half an hour ahead, every sum has been seen in full.
        for (int i = 0; i < 180; i++) Tick(TimeSpan.FromSeconds(10));
    }

    public long Changes { get; private set; }

    public long Burning { get; private set; }

    public void Tick() => Tick(TimeSpan.FromMilliseconds(100));

    private static BudgetDefinition Budget(int i) => new()
    {
        Id = $"budget-{i}",
        Kind = BudgetKind.Emissions,
        LimitMicrounits = Limit,
        Window = (i % 3) switch
        {
            0 => new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Day },
            1 => new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
            _ => new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromHours(1) },
        },
        Ladder =
        [
            new LadderStep { At = 0.5, Action = BudgetAction.Event },
            new LadderStep { At = 1, On = LadderMeasure.Forecast, Action = new BudgetAction { Verdict = BudgetVerdict.Warn } },
            new LadderStep { At = 0.9, Clear = 0.85, Dwell = TimeSpan.FromMinutes(10), Action = new BudgetAction { Verdict = BudgetVerdict.Degrade, Model = "small" } },
            new LadderStep { At = 1, Clear = 0.95, MinTier = MeasurementTier.Measured, Action = new BudgetAction { Verdict = BudgetVerdict.Deny } },
        ],
        Burn =
        [
            new BurnRule { Long = TimeSpan.FromHours(1), Short = TimeSpan.FromMinutes(5), Factor = 14.4, MinInferences = 500, Action = new BudgetAction { Verdict = BudgetVerdict.Warn } },
            new BurnRule { Long = TimeSpan.FromHours(6), Short = TimeSpan.FromMinutes(30), Factor = 6, MinInferences = 500, Action = new BudgetAction { Verdict = BudgetVerdict.Warn } },
        ],
    };

    private void Tick(TimeSpan step)
    {
        _now += step;
        _requests += 10;
        for (int i = 0; i < _budgets.Length; i++)
        {
            _periods[i].MoveTo(_now);
            BudgetPeriod period = _periods[i].Current;
            _spent[i] += (i + 1) * step.TotalSeconds * 50;
            BudgetAssessor budget = _budgets[i];
            budget.Update(new BudgetFigures
            {
                UtcTicks = _now.Ticks,
                PeriodStartTicks = period.Start.Ticks,
                PeriodEndTicks = period.End.Ticks,
                Limit = Limit,
                Spent = _spent[i],
                Charged = _spent[i],
                Requests = _requests,
                SpentMeasured = _spent[i],
            });
            if (budget.Changed) Changes++;
            if (budget.IsBurnActive(0)) Burning++;
        }
    }
}
