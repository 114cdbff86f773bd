namespace GreenAI.Metering;

/// <summary>Where one account of a budget stands, and what it says: figures in at each tick, a verdict out.</summary>
/// <remarks>
/// Of all rules in force the strictest verdict counts; of equally strict ones a step of the ladder before a burn rule, then the step with the highest
/// <see cref="LadderStep.At"/>, then the first. Knows neither waivers nor shadow mode. Not thread-safe: one thread updates it and reads it. An update allocates
/// nothing but, once, the sums of the pace.
/// </remarks>
internal sealed class BudgetAssessor
{
    private readonly LadderState _ladder;
    private readonly BurnState[] _burn;
    private readonly Pace _pace;
    private readonly RollingSum? _window;
    private SpendDelta _delta;
    private BudgetFigures _figures;
    private BudgetDecision _decision;
    private bool _begun;

    /// <summary>Makes the assessor of an account that nothing is known of.</summary>
    public BudgetAssessor(BudgetDefinition definition)
    {
        Definition = definition;
        _ladder = new LadderState(definition.Ladder);
        _burn = [.. definition.Burn.Select(static rule => new BurnState(rule))];
        _pace = new Pace(definition.Window.Type);
        if (Rolls && !IsPerInference) _window = new RollingSum(definition.Window.Length);
    }

    /// <summary>The budget.</summary>
    public BudgetDefinition Definition { get; }

    /// <summary>The figures of the last update.</summary>
    public BudgetFigures Figures => _figures;

    /// <summary>The verdict for requests without a priority.</summary>
    public Verdict Verdict => _decision.Verdict;

    /// <summary>The verdict before the last update.</summary>
    public Verdict Before { get; private set; }

    /// <summary>The verdict and its rule, for requests without a priority.</summary>
    public BudgetDecision Decision => _decision;

    /// <summary>Whether a rule would degrade, delay or deny, and only warns since too much of the spend is of a low tier.</summary>
    public bool DowngradedByTier => _decision.IsDowngraded;

    /// <summary>Whether the last update brought a rule into force, lifted one, or changed what one does.</summary>
    public bool Changed { get; private set; }

    /// <summary>What is held against the limit: what is spent, or the mean of an inference (NaN without any).</summary>
    public double Value { get; private set; }

    /// <summary><see cref="Value"/> ÷ limit; with a limit of 0: 0 while nothing is spent, then infinite. NaN without a value.</summary>
    public double Fraction { get; private set; }

    /// <summary>What will have been spent at the end of the period; NaN while that cannot be told (<see cref="Pace"/>). Of a mean inference: the mean.</summary>
    public double Forecast { get; private set; } = double.NaN;

    /// <summary>Whether the budget is of a mean inference.</summary>
    public bool IsPerInference => Definition.Kind is BudgetKind.EmissionsPerInference or BudgetKind.EnergyPerInference;

    private bool Rolls => Definition.Window.Type == BudgetWindowType.Rolling;

    private bool IsCalendar => Definition.Window.Type == BudgetWindowType.Calendar;

    /// <summary>Whether a step of the ladder is in force.</summary>
    public bool IsStepActive(int step) => _ladder.IsActive(step);

    /// <summary>Until when a step that is in force stays so at least, within its period.</summary>
    public long StepHeldUntil(int step) => _ladder.HeldUntil(step);

    /// <summary>Whether a burn rule is in force.</summary>
    public bool IsBurnActive(int rule) => _burn[rule].IsActive;

    /// <summary>The burn rate of a rule; NaN while it is not known (<see cref="BurnState"/>).</summary>
    public double BurnRate(int rule, bool isLong) => isLong ? _burn[rule].LongRate : _burn[rule].ShortRate;

    /// <summary>What the rule of a decision does; null for none.</summary>
    public BudgetAction? ActionOf(in BudgetDecision decision) => decision.Kind switch
    {
        BudgetRuleKind.Ladder => Definition.Ladder[decision.Index].Action,
        BudgetRuleKind.Burn => Definition.Burn[decision.Index].Action,
        _ => null,
    };

    /// <summary>Takes the figures of a tick.</summary>
    public void Update(in BudgetFigures figures)
    {
        bool changed = _begun && IsCalendar && figures.PeriodStartTicks != _figures.PeriodStartTicks && _ladder.Reset();
        _begun = true;
        _delta.Update(figures, Rolls);
        _figures = figures;
        _window?.Add(_delta.Spent, figures.UtcTicks);
        double limit = figures.Limit;
        Value = !IsPerInference ? figures.Spent : figures.Inferences > 0 ? figures.Spent / figures.Inferences : double.NaN;
        Fraction = limit != 0 || double.IsNaN(Value) ? Value / limit : Value > 0 ? double.PositiveInfinity : 0;
        Forecast = IsPerInference ? Value : _pace.Update(figures, _delta.Spent);
        changed |= _ladder.Update(figures, Value, Forecast);
        double pace = LimitPerTick();
        foreach (BurnState burn in _burn) changed |= burn.Update(figures.UtcTicks, _delta.Spent, _delta.Requests, pace);
        BudgetDecision decision = Decide(null);
        Before = _decision.Verdict;
        Changed = changed || decision != _decision;
        _decision = decision;
    }

    /// <summary>What requests of a priority are answered; steps that exempt it are left out.</summary>
    public BudgetDecision Decide(string? priority)
    {
        BudgetDecision best = _ladder.Decide(priority, out Verdict wanted);
        for (int i = 0; i < _burn.Length; i++)
        {
            Verdict verdict = Definition.Burn[i].Action.Verdict;
            if (_burn[i].IsActive && (best.Kind == BudgetRuleKind.None || verdict > best.Verdict))
                best = new BudgetDecision(verdict, BudgetRuleKind.Burn, i, false);
        }

        return best with { IsDowngraded = wanted > best.Verdict };
    }

    /// <summary>When those who are delayed or refused had best come again; zero for others; <see cref="TimeSpan.MaxValue"/>: never.</summary>
    /// <remarks>
    /// The time that a delay states comes first. Else: the end of a calendar period; until enough has left a rolling window, at least one of its buckets; the
    /// look-back of a forecast; the short time of a burn rule; and not before a step's dwell is over. Not beyond the end of a calendar period.
    /// </remarks>
    public TimeSpan RetryAfter(long nowTicks) => RetryAfter(_decision, nowTicks);

    /// <inheritdoc cref="RetryAfter(long)"/>
    public TimeSpan RetryAfter(in BudgetDecision decision, long nowTicks)
    {
        if (decision.Verdict < Verdict.Delay || ActionOf(decision) is not { } action) return TimeSpan.Zero;
        if (decision.Verdict == Verdict.Delay && action.RetryAfter > TimeSpan.Zero) return action.RetryAfter;
        long left = IsCalendar ? Math.Max(0, _figures.PeriodEndTicks - nowTicks) : long.MaxValue;
        if (decision.Kind == BudgetRuleKind.Burn) return TimeSpan.FromTicks(Math.Min(left, Definition.Burn[decision.Index].Short.Ticks));
        long held = Math.Max(0, _ladder.HeldUntil(decision.Index) - nowTicks);
        return TimeSpan.FromTicks(Math.Min(left, Math.Max(held, StepWait(Definition.Ladder[decision.Index], nowTicks, left))));
    }

    /// <summary>Why the verdict is what it is, as a sentence with its figures. Allocates.</summary>
    /// <param name="period">The name of the period.</param>
    public string Explain(string period) => BudgetExplanation.Of(this, _decision, period);

    private long StepWait(LadderStep step, long nowTicks, long left)
    {
        long bucket = Definition.Window.Length.Ticks / RollingSum.DefaultBuckets;
        if (Rolls && IsPerInference) return bucket;
        if (step.On == LadderMeasure.Forecast && !IsPerInference) return Math.Min(left, _pace.LookBack.Ticks);
        if (_window is null) return left;
        double above = Value - ((step.Clear ?? step.At) * _figures.Limit);
        return Math.Max(bucket, _window.UntilGone(Math.Max(0, above), nowTicks));
    }

    // NaN where nothing ends, and of a mean: there is no pace to keep.
    private double LimitPerTick()
    {
        long length = _figures.PeriodEndTicks - _figures.PeriodStartTicks;
        bool ends = Definition.Window.Type != BudgetWindowType.Lifetime && length > 0 && _figures.PeriodEndTicks < DateTime.MaxValue.Ticks;
        return ends && !IsPerInference ? _figures.Limit / length : double.NaN;
    }
}
