namespace GreenAI.Metering.Checks;

/// <summary>Does the same to a ledger and to the reference, and compares them after each step.</summary>
internal sealed class LedgerModel(ILedgerRig rig, ReferenceLedger reference, LedgerAccount account)
{
    private const int Holders = 3;

    private readonly List<TestHolder> _holders = [];
    private readonly List<LedgerRequest> _sent = [];
    private readonly Dictionary<(string Period, string Holder, long Lease), ReferenceLease> _leases = [];
    private readonly TimeSpan _timeToLive = 30 * rig.Second;
    private LedgerAccount _account = account;
    private TimeSpan _passed;
    private long _highest = account.Limit;
    private int _names;

    // Requests with the old limit may arrive after those with the new one.
    private bool _isChanged;

    // Where the clock runs by itself, only what is waited for on purpose counts.
    private DateTimeOffset Now => rig.IsExact ? rig.Now : DateTimeOffset.UnixEpoch + _passed;

    public async Task RunAsync((LedgerStep Step, int Who, int Amount)[] steps)
    {
        for (int i = 0; i < Holders; i++) _holders.Add(NewHolder());
        foreach ((LedgerStep step, int who, int amount) in steps) await StepAsync(step, who, amount);
        LedgerBalance? balance = await rig.Ledger.ReadAsync(_account, CancellationToken.None);
        int minute = reference.MinuteAt(Now);
        Assert.Equal(reference.IsUsed(minute) ? reference.Text(minute, Now, _account.Limit) : null, balance?.Text());
    }

    private async Task StepAsync(LedgerStep step, int who, int amount)
    {
        TestHolder holder = _holders[who];
        switch (step)
        {
            case LedgerStep.Report:
                await SendAsync(holder, holder.Request(need: amount));
                break;
            case LedgerStep.LoseReply:
                await SendAsync(null, holder.Request(need: amount));
                break;
            case LedgerStep.Delay:
                _sent.Add(holder.Request(need: amount));
                break;
            case LedgerStep.Replay when _sent.Count > 0:
                await SendAsync(null, _sent[^(1 + (amount % Math.Min(_sent.Count, 10)))]);
                break;
            case LedgerStep.Spend:
                holder.Spend(Math.Min(amount, holder.Headroom));
                break;
            case LedgerStep.Overspend when holder.Period is not null:
                holder.Spend(amount);
                break;
            case LedgerStep.GiveBack:
                holder.GiveBack(amount);
                break;
            case LedgerStep.Final when holder.Period is not null:
                await SendAsync(holder, holder.Request(isFinal: true));
                break;
            case LedgerStep.Crash:
                _holders[who] = NewHolder();
                break;
            case LedgerStep.ChangeLimit:
                ChangeLimit(1_000 + (amount * 4));
                break;
            case LedgerStep.Wait when rig.IsExact:
                await AdvanceAsync((1 + (amount % 20)) * rig.Second);
                break;
            case LedgerStep.Expire:
                await AdvanceAsync(_timeToLive + rig.Slack + rig.Second);
                break;
            default:
                break;
        }
    }

    private async Task SendAsync(TestHolder? believer, LedgerRequest request)
    {
        _sent.Add(request);
        ReferenceLease? known = request.Period is null ? null : _leases[(request.Period, request.Holder, request.Lease)];
        LedgerReply reply = Assert.Single(await rig.Ledger.ExchangeAsync([request], CancellationToken.None));
        if (known is not null && reference.IsForgotten(known)) Assert.Equal(LedgerStatus.Closed, reply.Status);
        else Compare(request, reply, known);
        believer?.Take(reply);
    }

    private void Compare(LedgerRequest request, LedgerReply reply, ReferenceLease? known)
    {
        (ReferenceLease lease, bool closed, long target) = reference.Exchange(known, request, Now);
        LedgerStatus status = closed ? LedgerStatus.Closed : lease.Rest >= request.Need ? LedgerStatus.Granted : LedgerStatus.Exhausted;
        Assert.Equal((status, target), (reply.Status, reply.Target));
        Assert.Equal(reference.Text(lease.Minute, Now), reply.Balance.Text());
        Assert.Equal(reply.Period, reply.Balance.Period);
        LedgerCalls.Holds(reply, _isChanged ? 2 * _highest : 0);
        if (request.IsFinal && known is null) return;
        if (!closed) Assert.Equal(lease.Granted, reply.Granted);
        (string, string, long) key = (reply.Period, request.Holder, reply.Lease);
        if (_leases.TryGetValue(key, out ReferenceLease? same)) Assert.Same(same, lease);
        else _leases.Add(key, lease);
    }

    private void ChangeLimit(long limit)
    {
        _account = _account.With(limit);
        _isChanged = true;
        _highest = Math.Max(_highest, limit);
        foreach (TestHolder holder in _holders) holder.Account = _account;
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        await rig.AdvanceAsync(by);
        _passed += by;
    }

    private TestHolder NewHolder() => new(rig.Ledger, FormattableString.Invariant($"holder {++_names}"), _timeToLive) { Account = _account };
}
