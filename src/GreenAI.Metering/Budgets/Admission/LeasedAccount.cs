namespace GreenAI.Metering;

/// <summary>This process's part of an account: its lease, and leases that are over and have inferences running still.</summary>
/// <remarks>
/// Requests reserve without a lock and without I/O; a ledger that is local is asked on the spot, under the account's lock. Bills settle without a lock. One thread at a
/// time exchanges with the ledger.
/// </remarks>
internal sealed class LeasedAccount
{
    // Differences with it do not turn over.
    private const long Never = long.MinValue / 2;

    private readonly object _gate = new();
    private readonly IBudgetLedger _ledger;
    private readonly BootClock _clock;
    private readonly LeaseTerms _terms;
    private readonly Action _wake;
    private readonly List<BudgetLease> _retired = [];
    private LedgerAccount _account;
    private BudgetLease _current = new();
    private LedgerBalance? _balance;
    private LedgerStatus _status = LedgerStatus.Learning;
    private long _need = 1;
    private long _lastReply;
    private long _refusedUntil = Never;
    private long _refusedFrom;
    private long _target;
    private long _periodEnds = long.MinValue;
    private bool _leaves;
    private int _asked;

    // Requests that were refused for want of headroom: so many there were, so many the last exchange told of, so many were answered.
    private int _wanted, _told, _heard;

    public LeasedAccount(LedgerAccount account, IBudgetLedger ledger, BootClock clock, LeaseTerms terms, Action wake)
    {
        _account = account;
        _ledger = ledger;
        _clock = clock;
        _terms = terms;
        _wake = wake;
        _lastReply = clock.Milliseconds;
    }

    /// <summary>The account; another limit or window holds from the next exchange on.</summary>
    public LedgerAccount Account
    {
        get => Volatile.Read(ref _account);
        set => Volatile.Write(ref _account, value);
    }

    /// <summary>Whether anything is refused: otherwise spend is counted and nothing has to be reserved.</summary>
    public bool IsLimited => Account.Limit != long.MaxValue;

    /// <summary>The account as the last reply told it; null before the first.</summary>
    public LedgerBalance? Balance => Volatile.Read(ref _balance);

    /// <summary>The lease that is in use.</summary>
    public BudgetLease Current => Volatile.Read(ref _current);

    /// <summary>What is spent in the period as far as is known here: what the ledger has booked, and what it was not told yet.</summary>
    public long Spent
    {
        get
        {
            // What a reply says was booked and what it takes off the unreported belong together.
            lock (_gate)
            {
                long settled = _balance is null || _clock.Milliseconds >= _periodEnds ? 0 : _balance.Settled;
                return settled + Math.Max(0, _current.Spent - _current.Reported);
            }
        }
    }

    /// <summary>What could be reserved at most, as far as is known here; the limit before the first reply.</summary>
    public long Headroom => Balance is { } balance ? Math.Max(0, Current.Available) + balance.Remaining : Account.Limit;

    /// <summary>Whether the ledger has not answered for longer than it may.</summary>
    public bool IsLedgerDown => !_ledger.IsLocal && _clock.Milliseconds - Volatile.Read(ref _lastReply) > _terms.Patience.TotalMilliseconds;

    /// <summary>Whether it has left (<see cref="Leave"/>) and everything is told.</summary>
    public bool IsGone { get; private set; }

    /// <summary>No policy has the budget any more: its lease goes back, at once or when what was reserved from it is settled.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _leaves = true;
            _current.Close();
        }

        Wake();
    }

    /// <summary>Reserves an amount. On the path of a request: no allocation, no lock, one clock read, unless a local ledger has to be asked.</summary>
    /// <param name="amount">The upper estimate of what will be spent.</param>
    /// <param name="lease">The lease to settle with.</param>
    public bool TryReserve(long amount, out BudgetLease lease)
    {
        lease = Current;
        if (!lease.IsOpenAt(_clock.Milliseconds) || !lease.TryTake(amount)) return TryReserveSlowly(amount, out lease);
        if (lease.IsLow) Wake();
        return true;
    }

    /// <summary>Why an amount could not be reserved a moment ago.</summary>
    public LeaseRefusal RefusalOf(long amount) => IsLedgerDown ? LeaseRefusal.LedgerDown
        : _status == LedgerStatus.Exhausted || amount > Headroom ? LeaseRefusal.Exhausted
        : LeaseRefusal.Pending;

    /// <summary>Adds what has to be told to the ledger and asked of it.</summary>
    /// <param name="exchange">Receives the requests.</param>
    /// <param name="ends">The process ends: leases are given back.</param>
    public void Collect(LedgerExchange exchange, bool ends) => Collect(exchange, ends, asksInAnyCase: ends);

    private void Collect(LedgerExchange exchange, bool ends, bool asksInAnyCase)
    {
        lock (_gate)
        {
            Volatile.Write(ref _asked, 0);
            foreach (BudgetLease lease in _retired)
            {
                lease.ReturnBeyond(0);
                exchange.Add(this, lease, Request(lease, need: 0, lease.InFlight == 0 || ends));
            }

            BudgetLease current = _current;
            if (ends || _leaves) current.Close();
            current.ReturnBeyond(ends || _leaves ? 0 : _target > long.MaxValue / 2 ? long.MaxValue : _target * 2);
            bool over = ends || (_leaves && current.InFlight == 0);
            if (!asksInAnyCase && !_leaves && !IsDue(current)) return;
            exchange.Add(this, current, Request(current, ends || _leaves || !IsLimited ? 0 : Need(current), over));
            _told = Volatile.Read(ref _wanted);
        }
    }

    /// <summary>Books spend for which nothing was reserved. Under the lock: a lease that is over must not get it after its last report.</summary>
    public void Charge(long spent)
    {
        lock (_gate) _current.Settle(0, spent);
    }

    /// <summary>Takes the answer to a request.</summary>
    /// <param name="lease">The lease it was of.</param>
    /// <param name="request">The request.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="sentAt">When the request was sent, by the boot clock.</param>
    /// <returns>Whether another request is due at once.</returns>
    public bool Take(BudgetLease lease, LedgerRequest request, LedgerReply reply, long sentAt)
    {
        lock (_gate)
        {
            // A local ledger may have been asked on the spot since: its answer is the later one.
            if (request.Spent < lease.Reported) return false;
            lease.Acknowledge(request.Spent);
            Volatile.Write(ref _lastReply, Math.Max(_lastReply, sentAt));
            if (lease != _current)
            {
                if (request.IsFinal && lease.Spent == lease.Reported) _retired.Remove(lease);
                return false;
            }

            if (_leaves && request.IsFinal && lease.Spent == lease.Reported && _retired.Count == 0)
            {
                IsGone = true;
                Volatile.Write(ref _balance, reply.Balance);
                return false;
            }

            if (reply.Status == LedgerStatus.Closed || (lease.Number != 0 && lease.Number != reply.Lease)) return Retire(lease, request);
            _status = reply.Status;
            if (reply.Status != LedgerStatus.Learning) _target = reply.Target;
            Volatile.Write(ref _balance, reply.Balance);
            Volatile.Write(ref _periodEnds, At(sentAt, reply.PeriodLastsFor, TimeSpan.Zero));
            long deadline = Math.Min(At(sentAt, reply.LastsFor, _terms.Margin), _periodEnds);
            lease.Extend(reply, deadline, reply.Status == LedgerStatus.Granted && IsLimited);
            // Only what was answered: an exchange that fails must not forget what was wanted.
            _heard = _told;
            // One dear call must not make every later lease a large one.
            Interlocked.Exchange(ref _need, Math.Max(1, _need - (_need / 8)));
            if (_leaves) lease.Close();
            return false;
        }
    }

    /// <summary>Asks the ledger on the spot; only for one that is local.</summary>
    public void ExchangeNow()
    {
        lock (_gate) ExchangeLocally();
    }

    private bool TryReserveSlowly(long amount, out BudgetLease lease)
    {
        lease = Current;
        // What is dearer than all that is left is refused, and must not take it all from others.
        if (amount > Interlocked.Read(ref _need) && amount <= Headroom) Interlocked.Exchange(ref _need, amount);
        long now = _clock.Milliseconds;
        if (!_ledger.IsLocal)
        {
            // A dear call is refused though the lease is not low.
            Interlocked.Increment(ref _wanted);
            // Where there is no more to be had for now, the flush asks again; a request that is refused does not.
            if (_status == LedgerStatus.Granted || lease.Number == 0) Wake();
            return false;
        }

        // Refused a moment ago, it or a cheaper one: a stream of refusals must not become a stream of exchanges.
        if (now < Volatile.Read(ref _refusedUntil) && amount >= Volatile.Read(ref _refusedFrom) && lease.IsOpenAt(now)) return false;
        lock (_gate)
        {
            lease = _current;
            if (lease.IsOpenAt(_clock.Milliseconds) && lease.TryTake(amount)) return true;
            // Twice: what is left is known for sure only from the first.
            for (int round = 0; round < 2; round++)
            {
                ExchangeLocally();
                lease = _current;
                if (lease.IsOpenAt(_clock.Milliseconds) && lease.TryTake(amount)) return true;
                if (amount > Headroom) break;
                Interlocked.Exchange(ref _need, Math.Max(amount, _need));
            }

            Volatile.Write(ref _refusedFrom, amount);
            Volatile.Write(ref _refusedUntil, now + 1);
            return false;
        }
    }

    // Twice: the first may tell that the period has ended.
    private void ExchangeLocally()
    {
        for (int round = 0; round < 2; round++)
        {
            var exchange = new LedgerExchange();
            Collect(exchange, ends: false, asksInAnyCase: true);
            long sentAt = _clock.Milliseconds;
            IReadOnlyList<LedgerReply> replies = _ledger.ExchangeAsync(exchange.Requests, CancellationToken.None).GetAwaiter().GetResult();
            if (!exchange.Take(replies, sentAt)) return;
        }
    }

    // What is reserved is no headroom for other requests: a lease as large as what is best comes on top of it.
    private long Need(BudgetLease lease)
    {
        long dearest = Interlocked.Read(ref _need), reserved = Math.Max(0, lease.InFlight);
        if (reserved == 0 || _balance is not { } balance) return dearest;
        long free = balance.Remaining + Math.Max(0, lease.Available);
        return Math.Min(LedgerRules.MaxAmount, reserved + Math.Max(dearest, LeaseSize.Target(balance.Limit, free, balance.Holders, 0)));
    }

    private bool Retire(BudgetLease lease, LedgerRequest request)
    {
        lease.Close();
        lease.ReturnBeyond(0);
        if (!request.IsFinal || lease.Spent != lease.Reported || lease.InFlight != 0) _retired.Add(lease);
        _status = LedgerStatus.Learning;
        _target = 0;
        Volatile.Write(ref _current, new BudgetLease());
        return !request.IsFinal;
    }

    // A lease in which nothing happens is told in time to stay valid; spend and want are told at each flush.
    private bool IsDue(BudgetLease lease) =>
        lease.Number == 0
        || lease.Spent != lease.Reported
        || lease.IsLow
        || Volatile.Read(ref _wanted) != _heard
        || _status != LedgerStatus.Granted
        || _clock.Milliseconds - _lastReply >= _terms.Renewal.TotalMilliseconds;

    private LedgerRequest Request(BudgetLease lease, long need, bool isFinal)
    {
        LedgerBalance? known = Balance is { } balance && balance.Period == lease.Period ? balance : null;
        return new()
        {
            Account = Account,
            Holder = _terms.Holder,
            Period = lease.Period,
            Lease = lease.Number,
            Granted = lease.Granted,
            Spent = lease.Spent,
            Returned = lease.Returned,
            KnownSettled = known?.Settled ?? 0,
            KnownCharged = known?.Charged ?? 0,
            Need = need,
            TimeToLive = _terms.TimeToLive,
            IsFinal = isFinal,
        };
    }

    private static long At(long sentAt, TimeSpan after, TimeSpan margin) =>
        after == TimeSpan.MaxValue ? long.MaxValue : sentAt + (long)(after - margin).TotalMilliseconds;

    /// <summary>Asks for an exchange soon, once until it comes.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _asked) == 0 && Interlocked.Exchange(ref _asked, 1) == 0) _wake();
    }
}
