namespace GreenAI.Metering;

// What a budget tells: requests, observers, reports.
internal sealed partial class BudgetBook
{
    /// <summary>Why nothing could be reserved.</summary>
    public string ExplainRefusal(LeaseRefusal refusal) => refusal switch
    {
        LeaseRefusal.Exhausted => $"{Id}: used up; what is left of {BudgetAmountText.Of(Definition.Kind, Account!.Account.Limit)} is less than the inference may cost, or is reserved; window {_period.Current.Id}.",
        LeaseRefusal.LedgerDown => $"{Id}: its ledger does not answer, and what was leased from it is used up or over.",
        _ => $"{Id}: more of it was asked of the ledger and is on its way.",
    };

    // Of the ledger, where it speaks of the same period.
    private double Of(Func<LedgerBalance, long> amount) => Account?.Balance is { } balance && balance.Period == _period.Current.Id ? amount(balance) : 0;

    private void BeginPeriod(string ended)
    {
        _gate.Raise(new BudgetEvent
        {
            Kind = BudgetEventKind.PeriodEnded,
            Time = _gate.Utc,
            PolicyHash = PolicyHash,
            Rule = Id,
            Part = Part,
            Verdict = Standing.Verdict,
            Reason = _assessor.Explain(ended),
            Status = _status,
        });
        _tally.Reset();
    }

    private void Restate(DateTimeOffset utc)
    {
        BudgetDecision decision = _assessor.Decision;
        Standing before = Standing;
        Standing = Say(utc, decision, [.. _exempt.Select(priority => new KeyValuePair<string, Standing>(priority, Say(utc, _assessor.Decide(priority), [])))]);
        bool told = Standing.OwnVerdict != before.OwnVerdict || Standing.Verdict != before.Verdict || _assessor.ActionOf(decision) is { RaisesEvent: true };
        if (!told) return;
        _status = Describe(utc, Standing.OwnVerdict, Standing.OwnReason);
        _gate.Raise(new BudgetEvent
        {
            Kind = BudgetEventKind.VerdictChanged,
            Time = utc,
            PolicyHash = PolicyHash,
            Rule = Id,
            Part = Part,
            Verdict = Standing.OwnVerdict,
            Before = before.OwnVerdict,
            Decision = Standing.Decision,
            IsShadow = Definition.Shadow,
            Model = _subject.Model,
            Tenant = _subject.Tenant,
            Waiver = _waiver?.Id,
            Reason = Standing.OwnReason,
            Status = _status,
        });
    }

    private Standing Say(DateTimeOffset utc, in BudgetDecision decision, IReadOnlyList<KeyValuePair<string, Standing>> exemptions)
    {
        Verdict own = decision.Verdict;
        string reason = _assessor.Explain(_period.Current.Id);
        long now = _gate.Now;
        TimeSpan after = _assessor.RetryAfter(decision, utc.UtcTicks);
        // A delay is each request's own: were all told one point in time, all would come again at it.
        long? retryAt = own == Verdict.Delay ? null : At(now, after);
        TimeSpan? wait = after < TimeSpan.FromDays(3660) ? after : null;
        // What requests are answered: those that find nothing left are told so one by one.
        Verdict answered = own;
        string answer = reason;
        if (_overriding != Overriding.None && own != Verdict.Deny)
        {
            own = _overriding == Overriding.Unmetered ? Strictest() : Verdict.Deny;
            reason = _overriding switch
            {
                Overriding.UsedUp => ExplainRefusal(LeaseRefusal.Exhausted),
                Overriding.LedgerSilent => $"{Id}: its ledger does not answer, and the policy refuses then.",
                _ => $"{Id}: what inferences cost is not known ({_gate.PriceGap}), and the policy refuses then.",
            };
            if (_overriding != Overriding.UsedUp)
            {
                answered = own;
                answer = reason;
                retryAt = null;
                wait = TimeSpan.FromSeconds(5);
            }
        }

        string? degradeTo = _assessor.ActionOf(decision)?.Model ?? Definition.Ladder.FirstOrDefault(step => step.Action.Verdict == Verdict.Degrade)?.Action.Model;
        bool lifted = _waiver is not null && own > Verdict.Allow;
        return new Standing
        {
            OwnVerdict = own,
            Verdict = Definition.Shadow || lifted ? Verdict.Allow : answered,
            ShadowVerdict = Definition.Shadow && !lifted ? own : Verdict.Allow,
            DegradeTo = answered == Verdict.Degrade ? degradeTo : null,
            RetryAt = answered >= Verdict.Delay ? retryAt : null,
            Wait = answered >= Verdict.Delay ? wait : null,
            Exemptions = exemptions,
            Waiver = lifted ? _waiver!.Id : null,
            OwnReason = reason,
            Reason = lifted ? $"{answer} Waived by {_waiver!.Id} until {_waiver.Expires.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {_waiver.Reason}" : answer,
            Decision = own > Verdict.Allow ? _gate.NextDecision() : 0,
        };
    }

    private Verdict Strictest()
    {
        Verdict strictest = Verdict.Warn;
        foreach (LadderStep step in Definition.Ladder)
        {
            if (step.Action.Verdict > strictest) strictest = step.Action.Verdict;
        }

        return strictest;
    }

    private void TellWaiver(Waiver? waiver, in WaiverAnswer answer) => _gate.Raise(new BudgetEvent
    {
        Kind = waiver is null ? BudgetEventKind.WaiverEnded : BudgetEventKind.WaiverUsed,
        Time = _gate.Utc,
        PolicyHash = PolicyHash,
        Rule = Id,
        Part = Part,
        Waiver = (waiver ?? _waiver)?.Id,
        Model = _subject.Model,
        Tenant = _subject.Tenant,
        Reason = waiver is null
            ? $"{Id}: the waiver {_waiver!.Id} no longer lifts it ({answer.Use})."
            : $"{Id}: lifted by the waiver {waiver.Id}, approved by {waiver.ApprovedBy}, until {waiver.Expires.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {waiver.Reason}",
    });

    private BudgetStatus Describe(DateTimeOffset utc, Verdict verdict, string reason) => new()
    {
        Budget = Id,
        Part = Part,
        Kind = Definition.Kind,
        Limit = _assessor.Figures.Limit > 0 ? _assessor.Figures.Limit : Definition.LimitMicrounits,
        Spent = Account is not null ? SpentIn(_period.Current) : double.IsNaN(_assessor.Value) ? 0 : _assessor.Value,
        Outstanding = Of(static balance => balance.Outstanding),
        Forfeited = Of(static balance => balance.Forfeited),
        Overrun = Of(static balance => balance.Overrun),
        Forecast = double.IsNaN(_assessor.Forecast) ? null : _assessor.Forecast,
        PeriodStart = _period.Current.Start,
        PeriodEnd = Rolls ? utc : _period.Current.End,
        Verdict = verdict,
        IsShadow = Definition.Shadow,
        Waiver = _waiver?.Id,
        Reason = reason,
        BurnRates = [.. Enumerable.Range(0, Definition.Burn.Count).Select(rule => new BurnRate(Definition.Burn[rule].Long, _assessor.BurnRate(rule, isLong: true)))
            .Where(rate => !double.IsNaN(rate.Rate))],
        Inferences = _assessor.Figures.Inferences,
        Tier = _assessor.Figures.SpentMeasured + _assessor.Figures.SpentModelled == 0 ? MeasurementTier.Unavailable
            : _assessor.Figures.ShareBelow(MeasurementTier.Measured) > LadderState.LowTierShare ? MeasurementTier.Modelled : MeasurementTier.Measured,
        Unmetered = _unmeteredTold,
        IsLedgerReachable = Account is not { IsLedgerDown: true },
        IsSpendKnown = Account is not { Balance: null },
        BurnDown = _burnDown.ToList(),
    };
}
