namespace GreenAI.Metering;

/// <summary>A target of an indicator for one model or the host, and what it says at present.</summary>
internal sealed class KpiBook : RuleBook
{
    private readonly object _looking = new();
    private readonly BudgetGate _gate;
    private readonly WaiverBook _waivers;
    private readonly KpiRuleAssessor _assessor;
    private string? _waiver;

    public KpiBook(BudgetGate gate, KpiRule rule, string? model, WaiverBook waivers, string policyHash, KpiBook? before)
        : base(rule.Id, model is null || rule.Model is not null ? "" : $"model={model}", policyHash)
    {
        _gate = gate;
        _waivers = waivers;
        bool same = before is not null && RuleText.AreEqual(rule, before.Rule);
        _assessor = same ? before!._assessor : new KpiRuleAssessor(rule);
        if (same) Standing = before!.Standing;
        Model = model;
    }

    public KpiRule Rule => _assessor.Rule;

    /// <summary>The model; null for the host.</summary>
    public string? Model { get; }

    /// <summary>What came of the last test of the baseline.</summary>
    public RegressionResult Regression
    {
        get
        {
            lock (_looking) return _assessor.Regression;
        }
    }

    /// <summary>Takes the joules of an inference. Called by the closer.</summary>
    public void Observe(double joules, long utcTicks)
    {
        if (Rule.Baseline is null) return;
        lock (_looking) _assessor.Observe(joules, utcTicks);
    }

    /// <summary>Looks how the indicator stands. Called by one thread at a time.</summary>
    /// <param name="value">Its value; NaN while it is undefined.</param>
    /// <param name="utc">The time.</param>
    /// <returns>Whether what it says has changed.</returns>
    public bool Evaluate(double value, DateTimeOffset utc)
    {
        lock (_looking) _assessor.Update(value, utc.UtcTicks);
        WaiverAnswer answer = _waivers.Find(Id, new WaiverSubject(Model, null, _gate.Service, _gate.Host), utc, 0);
        string? waiver = answer.Applies ? answer.Waiver!.Id : null;
        if (!_assessor.Changed && waiver == _waiver) return false;
        _waiver = waiver;
        Verdict own = _assessor.Verdict, before = Standing.OwnVerdict;
        string reason = _assessor.Explain();
        bool lifted = waiver is not null && own > Verdict.Allow;
        long now = _gate.Now;
        Standing = new Standing
        {
            OwnVerdict = own,
            Verdict = lifted ? Verdict.Allow : own,
            DegradeTo = own == Verdict.Degrade ? Rule.Action.Model : null,
            RetryAt = own == Verdict.Deny ? now + (long)(Rule.Window / 2).TotalMilliseconds : null,
            Wait = own == Verdict.Delay ? Rule.Action.RetryAfter : null,
            Waiver = lifted ? waiver : null,
            Reason = reason,
            OwnReason = reason,
            Decision = own > Verdict.Allow ? _gate.NextDecision() : 0,
        };
        if (own == before && !Rule.Action.RaisesEvent) return true;
        _gate.Raise(new BudgetEvent
        {
            Kind = BudgetEventKind.VerdictChanged,
            Time = utc,
            PolicyHash = PolicyHash,
            Rule = Id,
            Part = Part,
            Verdict = own,
            Before = before,
            Decision = Standing.Decision,
            Model = Model,
            Waiver = waiver,
            Reason = reason,
        });
        return true;
    }
}
