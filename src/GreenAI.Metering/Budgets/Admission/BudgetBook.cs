namespace GreenAI.Metering;

/// <summary>A budget, or one of its values: what is charged to it, where it stands, what it says. Written by the closer only.</summary>
internal sealed partial class BudgetBook : RuleBook
{
    private readonly object _looking = new();
    private readonly BudgetGate _gate;
    private readonly BudgetAssessor _assessor;
    private readonly PeriodTracker _period;
    private readonly WaiverBook _waivers;
    private readonly WaiverSubject _subject;
    private readonly WindowTally _tally;
    private readonly BurnDown _burnDown;
    private readonly Func<MeasurementTier, double> _lowTierShare;
    private readonly string[] _exempt;
    private double _carry;
    private double _charged;
    private long _pending;
    private long _requests;
    private long _unmetered;
    private long _unmeteredSeen;
    private long _unmeteredTold;
    private DateTimeOffset _unmeteredUntil;
    private int _refused;
    private Overriding _overriding;
    private Waiver? _waiver;
    private BudgetStatus? _status;

    public BudgetBook(BudgetGate gate, BudgetDefinition definition, in WaiverSubject subject, string part, LeasedAccount? account, WaiverBook waivers, DateTimeOffset start, string policyHash, BudgetBook? before)
        : base(definition.Id, part, policyHash)
    {
        _gate = gate;
        _waivers = waivers;
        _subject = subject;
        Definition = definition;
        Account = account;
        IsEnergy = definition.Kind is BudgetKind.Energy or BudgetKind.EnergyPerInference;
        bool same = before is not null && RuleText.AreEqual(definition, before.Definition);
        _assessor = same ? before!._assessor : new BudgetAssessor(definition);
        _period = new PeriodTracker(definition.Window, start, gate.Utc);
        bool counts = same || (before is not null && before.IsEnergy == IsEnergy && before._period.Current.Id == _period.Current.Id);
        _tally = counts ? before!._tally : new WindowTally(definition.Window);
        _burnDown = counts ? before!._burnDown : new BurnDown();
        if (counts) (_carry, _charged, _pending, _requests) = (before!._carry, before._charged, before._pending, before._requests);
        if (same) (Standing, _overriding, _status) = (before!.Standing, before._overriding, before._status);
        _lowTierShare = tier => _assessor.Figures.ShareBelow(tier);
        _exempt = [.. definition.Ladder.SelectMany(step => step.ExemptPriorities).Distinct(StringComparer.Ordinal)];
    }

    // What is said beside the ladder and the burn rates.
    private enum Overriding
    {
        None,
        UsedUp,
        LedgerSilent,
        Unmetered,
    }

    public BudgetDefinition Definition { get; }

    /// <summary>The account of a ledger; null for the kinds that are a mean per inference.</summary>
    public LeasedAccount? Account { get; }

    public bool IsEnergy { get; }

    /// <summary>For whom it is.</summary>
    public WaiverSubject Subject => _subject;

    private bool Rolls => Definition.Window.Type == BudgetWindowType.Rolling;

    /// <summary>What a cost comes to in whole units; what is below one is carried to the next. 0 when it is not known.</summary>
    public long Charge(in BudgetCost cost, bool isInference)
    {
        double amount = cost.For(Definition, IsEnergy);
        if (isInference) _requests++;
        if (isInference && double.IsNaN(amount))
        {
            _unmetered++;
            _tally.AddUnmetered();
        }

        if (!(amount >= 0)) return 0;
        _tally.Add(amount, cost.Tier, isInference);
        return Whole(amount);
    }

    /// <summary>Adds to what is charged at the end of the close, for which nothing was reserved.</summary>
    public void Defer(long whole) => _pending += whole;

    /// <summary>Charges embodied emissions, in micrograms, where the budget counts them.</summary>
    public void DeferEmbodied(double micrograms)
    {
        if (IsEnergy || !Definition.IncludesEmbodied || !(micrograms > 0)) return;
        _tally.Add(micrograms, MeasurementTier.Modelled, isInference: false);
        Defer(Whole(micrograms));
    }

    /// <summary>Charges what the host spends outside inferences.</summary>
    /// <param name="microjoules">Its energy.</param>
    /// <param name="operational">Its emissions in micrograms; NaN: not known.</param>
    /// <param name="measured">The share that was measured.</param>
    public void DeferHost(double microjoules, double operational, double measured)
    {
        double amount = !Definition.IncludesIdle ? 0 : IsEnergy ? microjoules : Definition.IncludesOperational ? operational : 0;
        if (!(amount > 0)) return;
        _tally.Add(amount * measured, MeasurementTier.Measured, isInference: false);
        _tally.Add(amount * (1 - measured), MeasurementTier.Modelled, isInference: false);
        Defer(Whole(amount));
    }

    /// <summary>Books what was charged without a reservation.</summary>
    public void Flush()
    {
        if (_pending == 0) return;
        Account?.Charge(_pending);
        _pending = 0;
    }

    /// <summary>Says that a request was refused because nothing could be reserved. For any thread.</summary>
    public void NoteRefusal(LeaseRefusal refusal)
    {
        if (refusal == LeaseRefusal.Exhausted) Volatile.Write(ref _refused, 1);
    }

    /// <summary>Whether a request for which nothing can be reserved runs all the same.</summary>
    public bool MayRunUnreserved(string? priority) =>
        (Definition.OnLedgerDown == LedgerOutage.Open && Account!.IsLedgerDown) || BudgetLimits.Exempts(Definition, priority);

    /// <summary>When a refusal will end by itself, by the boot clock; null where nobody knows.</summary>
    public long? RetryAt(long now)
    {
        TimeSpan wait = Definition.Window.Type switch
        {
            BudgetWindowType.Calendar => _period.Current.End - _gate.Utc,
            BudgetWindowType.Rolling => Definition.Window.Length / RollingSum.DefaultBuckets,
            _ => TimeSpan.MaxValue,
        };
        return At(now, wait);
    }

    /// <summary>Looks where the budget stands. Allocates only when what it says changes.</summary>
    /// <returns>Whether what it says, or whether it may refuse, has changed.</returns>
    public bool Evaluate(DateTimeOffset utc)
    {
        lock (_looking) return Look(utc);
    }

    /// <summary>Where it stands, as of the last look. For any thread.</summary>
    public BudgetStatus Status(DateTimeOffset utc)
    {
        lock (_looking) return Describe(utc, Standing.OwnVerdict, Standing.OwnReason);
    }

    private bool Look(DateTimeOffset utc)
    {
        string before = _period.Current.Id;
        // What was said last: a new period must not forget that it has to be taken back.
        Overriding said = _overriding;
        if (_period.MoveTo(utc))
        {
            BeginPeriod(before);
            _overriding = Overriding.None;
            Volatile.Write(ref _refused, 0);
        }

        _tally.MoveTo(utc.UtcTicks);
        _unmeteredTold = _tally.Unmetered;
        // The ledger's clock may be another: what it told of another period is not of this one.
        LedgerBalance? balance = Account?.Balance;
        if (balance?.Period != _period.Current.Id) balance = null;
        var figures = new BudgetFigures
        {
            UtcTicks = utc.UtcTicks,
            PeriodStartTicks = _period.Current.Start.UtcTicks,
            PeriodEndTicks = _period.Current.End.UtcTicks,
            Limit = Definition.LimitMicrounits + (balance?.CarriedOver ?? 0),
            Spent = Account is null ? _tally.Measured + _tally.Modelled : SpentIn(_period.Current),
            Charged = Rolls && _gate.LedgerIsLocal ? _charged : double.NaN,
            Requests = _requests,
            Inferences = _tally.Inferences,
            SpentMeasured = _tally.Measured,
            SpentModelled = _tally.Modelled,
        };
        _assessor.Update(figures);
        double value = double.IsNaN(_assessor.Value) ? 0 : _assessor.Value;
        _burnDown.Add(utc, _period.Current, Rolls, figures.Limit - value);
        WaiverAnswer answer = _waivers.Find(Id, _subject, utc, (long)Math.Max(0, value - figures.Limit));
        Waiver? waiver = answer.Applies ? answer.Waiver : null;
        Overriding overriding = Override(utc);
        bool changed = _assessor.Changed || waiver != _waiver || overriding != said;
        if (waiver != _waiver) TellWaiver(waiver, answer);
        (_waiver, _overriding) = (waiver, overriding);
        bool limits = Account is { IsLimited: true };
        SetLimit();
        if (changed) Restate(utc);
        return changed || limits != Account is { IsLimited: true };
    }

    private long Whole(double amount)
    {
        _carry += amount;
        long whole = (long)Math.Min(_carry, long.MaxValue / 4);
        _carry -= whole;
        _charged += whole;
        return whole;
    }

    private long SpentIn(in BudgetPeriod period) => Account!.Balance is { } balance && balance.Period != period.Id ? 0 : Account.Spent;

    private Overriding Override(DateTimeOffset utc)
    {
        bool refused = Interlocked.Exchange(ref _refused, 0) != 0;
        if (Account is { IsLimited: true } account && (refused || _overriding == Overriding.UsedUp) && IsUsedUp(account)) return Overriding.UsedUp;
        if (Definition.OnLedgerDown == LedgerOutage.Closed && Account is { IsLimited: true, IsLedgerDown: true }) return Overriding.LedgerSilent;
        if (!Definition.RefusesUnmetered) return Overriding.None;
        // Refused for a minute, then one may show whether its cost is known by now.
        if (_unmetered > _unmeteredSeen) _unmeteredUntil = utc + TimeSpan.FromMinutes(1);
        _unmeteredSeen = _unmetered;
        return utc < _unmeteredUntil || !_gate.CanPrice(IsEnergy) ? Overriding.Unmetered : Overriding.None;
    }

    // Refusals of dear requests do not make it so: less than a hundredth must be left. It is told only, since requests find out for themselves; and so that it is
    // not told again and again, twice as much has to come back.
    private bool IsUsedUp(LeasedAccount account) =>
        account.Balance is { } balance && balance.Period == _period.Current.Id && account.Headroom < Definition.LimitMicrounits / (_overriding == Overriding.UsedUp ? 50 : 100);

    private void SetLimit()
    {
        if (Account is not { } account) return;
        long limit = BudgetLimits.Hard(Definition, _lowTierShare, _waiver);
        if (limit == account.Account.Limit) return;
        account.Account = new LedgerAccount
        {
            Key = account.Account.Key,
            Window = account.Account.Window,
            Limit = limit,
            CarryBase = account.Account.CarryBase,
            Start = account.Account.Start,
        };
    }

    private static long? At(long now, TimeSpan wait) => wait > TimeSpan.FromDays(3660) ? null : now + Math.Max(1, (long)wait.TotalMilliseconds);
}
