namespace GreenAI.Metering;

/// <summary>What a ledger knows of one account: the rules of leases, without a clock, a lock or a store. Not thread-safe.</summary>
internal sealed class AccountBook
{
    /// <summary>How many periods are kept: the current one and those before it, for late reports and for what is carried over.</summary>
    public const int KeptPeriods = 3;

    private BudgetWindow? _window;
    private BudgetPeriod _current;

    /// <summary>In the order in which they were first used.</summary>
    public List<PeriodBook> Periods { get; init; } = [];

    /// <summary>Books a report, and grants what is needed.</summary>
    public LedgerReply Exchange(LedgerRequest request, DateTimeOffset now)
    {
        BudgetPeriod current = At(request.Account, now);
        bool isCurrent = request.Period is null || request.Period == current.Id;
        PeriodBook? period = Find(isCurrent ? current.Id : request.Period!);
        if (period is null)
        {
            if (!isCurrent) return Forgotten(request);
            period = Open(request.Account, current, now);
        }

        if (isCurrent)
        {
            CarryMore(period, request.Account, now);
            SetLimit(period, request.Account);
        }

        period.MoveTo(now);
        if (Lease(period, request) is not { } lease) return Over(request, request.Granted, period, now);
        period.Book(lease, request, now);
        if (lease.IsLive && request.IsFinal) lease.Close(LeaseState.Over);
        if (lease.IsLive) Renew(lease, request.TimeToLive, now);
        // After the end of its period nothing is granted; what inferences hold that run still stays charged until they are settled.
        return lease.IsLive && isCurrent ? Renewed(request, period, lease, now) : Over(request, lease.Granted, period, now);
    }

    /// <summary>The state of the current period; null when it was never used.</summary>
    public LedgerBalance? Read(LedgerAccount account, DateTimeOffset now)
    {
        if (Find(At(account, now).Id) is not { } period) return null;
        CarryMore(period, account, now);
        SetLimit(period, account);
        period.MoveTo(now);
        return period.Balance(StartOf(account.Window, period, now));
    }

    /// <summary>Forgets what is over for more than twice its length, all but the period that leaves what it did not spend to the next.</summary>
    public void Prune(DateTimeOffset now)
    {
        if (Periods.Count > 1) Periods.RemoveAll(period => period != Periods[^1] && IsLongOver(period, now));
    }

    private static bool IsLongOver(PeriodBook period, DateTimeOffset now) => period.End < now && (now - period.End) / 2 > period.End - period.Start;

    private static void SetLimit(PeriodBook period, LedgerAccount account)
    {
        long limit = PeriodBook.Sum(account.Limit, period.CarriedOver);
        if (limit == period.Limit) return;
        period.Limit = limit;
        period.IsChanged = true;
    }

    private static LeaseBook? Lease(PeriodBook period, LedgerRequest request)
    {
        if (request.Period is null) return period.Live(request.Holder) ?? Again(period, request) ?? period.Begin(request.Holder);
        if (period.Find(request.Holder, request.Lease) is { } lease)
        {
            lease.IsNamed = true;
            return lease;
        }

        // A lease that was over so long ago that it is forgotten was booked; one that was never known was lost with the memory of it.
        return request.Lease <= period.LastNumber - PeriodBook.KeptNumbers ? null : period.Adopt(request.Holder, request.Lease);
    }

    // The reply that told the number was lost until the lease was over: what comes without a number was booked with it.
    private static LeaseBook? Again(PeriodBook period, LedgerRequest request)
    {
        if (request.Spent == 0 || period.Unnamed(request.Holder) is not { } lease) return null;
        if (lease.State == LeaseState.Silent) lease.Revive();
        return lease.IsLive || request.IsFinal ? lease : null;
    }

    private static void Renew(LeaseBook lease, TimeSpan timeToLive, DateTimeOffset now)
    {
        lease.Expires = timeToLive > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + timeToLive;
        lease.IsChanged = true;
    }

    private static LedgerReply Renewed(LedgerRequest request, PeriodBook period, LeaseBook lease, DateTimeOffset now)
    {
        long target = period.Grant(lease, request.Need);
        return new()
        {
            Status = period.IsUnlimited || lease.Headroom >= request.Need ? LedgerStatus.Granted : LedgerStatus.Exhausted,
            Period = period.Id,
            Lease = lease.Number,
            Granted = lease.Granted,
            LastsFor = request.TimeToLive,
            PeriodLastsFor = LedgerPeriods.Left(period.End, now),
            Target = target,
            Balance = period.Balance(StartOf(request.Account.Window, period, now)),
        };
    }

    private static LedgerReply Over(LedgerRequest request, long granted, PeriodBook period, DateTimeOffset now) => new()
    {
        Status = LedgerStatus.Closed,
        Period = period.Id,
        Lease = request.Lease,
        Granted = granted,
        PeriodLastsFor = LedgerPeriods.Left(period.End, now),
        Balance = period.Balance(StartOf(request.Account.Window, period, now)),
    };

    // Of a period that is kept no longer nothing can be booked and nothing is known.
    private static LedgerReply Forgotten(LedgerRequest request) => new()
    {
        Status = LedgerStatus.Closed,
        Period = request.Period!,
        Lease = request.Lease,
        Granted = request.Granted,
        Balance = new() { Period = request.Period! },
    };

    private static DateTimeOffset StartOf(BudgetWindow window, PeriodBook period, DateTimeOffset now) =>
        period.Rolling is null ? period.Start : now - (window.Type == BudgetWindowType.Rolling ? window.Length : TimeSpan.Zero);

    private PeriodBook? Find(string id) => Periods.Find(period => period.Id == id);

    private PeriodBook Open(LedgerAccount account, BudgetPeriod current, DateTimeOffset now)
    {
        PeriodBook period = new()
        {
            Id = current.Id,
            Start = current.Start,
            End = current.End,
            Rolling = account.Window.Type == BudgetWindowType.Rolling ? new(account.Window.Length) : null,
            IsChanged = true,
        };
        CarryOverInto(period, account, now);
        Periods.Add(period);
        if (Periods.Count > KeptPeriods) Periods.RemoveRange(0, Periods.Count - KeptPeriods);
        return period;
    }

    // What other holders had at the end of the period before counts as spent until they give it back, or are silent for too long.
    private void CarryMore(PeriodBook period, LedgerAccount account, DateTimeOffset now)
    {
        if (period.IsCarryOpen) CarryOverInto(period, account, now);
    }

    private void CarryOverInto(PeriodBook period, LedgerAccount account, DateTimeOffset now)
    {
        period.IsChanged = true;
        period.IsCarryOpen = false;
        if (account.Window.CarryOver <= 0 || account.Nominal == long.MaxValue) return;
        PeriodBook? last = null;
        foreach (PeriodBook other in Periods)
        {
            if (other.End <= period.Start && (last is null || other.Start > last.Start) && LedgerPeriods.IsOf(account, other.Id, other.Start)) last = other;
        }

        if (last is null) return;
        last.MoveTo(now);
        LedgerBalance left = last.Balance(default);
        bool isBefore = last.End == period.Start;
        // After a period in which nobody asked for anything, all of its limit is left.
        long carried = isBefore
            ? CarryOver.Amount(account.Nominal, account.Window.CarryOver, Before(account, last), left.Charged)
            : CarryOver.Amount(account.Nominal, account.Window.CarryOver, long.MaxValue, 0);
        period.IsCarryOpen = isBefore && left.Outstanding > 0;
        period.CarriedOver = Math.Max(period.CarriedOver, carried);
    }

    // The period's own limit as it was told then, unless that is another than the budget's.
    private static long Before(LedgerAccount account, PeriodBook last) =>
        account.CarryBase > 0 ? PeriodBook.Sum(account.CarryBase, last.CarriedOver) : last.Limit;

    // Looking a calendar up costs more than all the rest; the same window is asked for until its period is over.
    private BudgetPeriod At(LedgerAccount account, DateTimeOffset now)
    {
        if (!ReferenceEquals(_window, account.Window) || account.Window.Type != BudgetWindowType.Calendar || !_current.Contains(now))
        {
            _current = LedgerPeriods.At(account, now);
            _window = account.Window;
        }

        return _current;
    }
}
