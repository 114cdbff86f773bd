namespace GreenAI.Metering;

/// <summary>What a ledger knows of one period of one account, and its arithmetic. Not thread-safe.</summary>
internal sealed class PeriodBook
{
    /// <summary>How many of the last lease numbers are remembered although the lease is over. Live leases always are.</summary>
    public const int KeptNumbers = 256;

    private long _settled;
    private long _overrun;

    public required string Id { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>Of a rolling window: what was booked when. Else null, and sums are kept.</summary>
    public RollingSpend? Rolling { get; init; }

    public long CarriedOver { get; set; }

    /// <summary>Whether leases of the period before hold something still: what they give back is carried over too.</summary>
    public bool IsCarryOpen { get; set; }

    /// <summary>With what was carried over, as it was told last.</summary>
    public long Limit { get; set; }

    public long Settled
    {
        get => Rolling?.Settled() ?? _settled;
        init => _settled = value;
    }

    public long Overrun
    {
        get => Rolling?.Overrun() ?? _overrun;
        init => _overrun = value;
    }

    public long LastNumber { get; set; }

    public List<LeaseBook> Leases { get; init; } = [];

    /// <summary>Where it is stored; 0: nowhere.</summary>
    public long RowId { get; set; }

    public bool IsChanged { get; set; }

    public bool IsUnlimited => Limit == long.MaxValue;

    /// <summary>Adds; stops at the largest number instead of turning negative.</summary>
    public static long Sum(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    /// <summary>The newest live lease of a holder.</summary>
    public LeaseBook? Live(string holder) => Leases.FindLast(lease => lease.IsLive && lease.Holder == holder);

    public LeaseBook? Find(string holder, long number) => Leases.FindLast(lease => lease.Number == number && lease.Holder == holder);

    /// <summary>The newest lease of a holder, if it has not named it.</summary>
    public LeaseBook? Unnamed(string holder) => Leases.FindLast(lease => lease.Holder == holder) is { IsNamed: false } newest ? newest : null;

    public LeaseBook Begin(string holder)
    {
        LeaseBook lease = new(holder, ++LastNumber);
        Leases.Add(lease);
        Leases.RemoveAll(old => !old.IsLive && old.Number <= LastNumber - KeptNumbers);
        IsChanged = true;
        return lease;
    }

    /// <summary>Takes over a lease of which the memory was lost, as its holder tells it.</summary>
    public LeaseBook Adopt(string holder, long number)
    {
        LastNumber = Math.Max(LastNumber, number);
        LeaseBook lease = new(holder, number) { IsNamed = true };
        Leases.Add(lease);
        IsChanged = true;
        return lease;
    }

    /// <summary>Releases what leases hold whose holders fell silent, and forgets what left a rolling window.</summary>
    public void MoveTo(DateTimeOffset now)
    {
        Rolling?.Forget(now);
        foreach (LeaseBook lease in Leases)
        {
            if (lease.IsLive && lease.Expires <= now) lease.Close(LeaseState.Silent);
        }
    }

    /// <summary>Books what a report adds to what is known of its lease.</summary>
    public void Book(LeaseBook lease, LedgerRequest report, DateTimeOffset now)
    {
        if (lease.IsLive) lease.Granted = Math.Max(lease.Granted, report.Granted);
        long excess = lease.Excess, spent = lease.Spent;
        lease.Spent = Math.Max(spent, report.Spent);
        if (lease.IsLive) lease.Returned = Math.Max(lease.Returned, report.Returned);
        lease.IsChanged = true;
        // Without a limit nothing is granted, so that nothing can exceed it.
        long overrun = IsUnlimited ? 0 : Math.Max(0, lease.Excess - excess);
        spent = lease.Spent - spent;
        if (spent == 0 && overrun == 0) return;
        IsChanged = true;
        if (Rolling is not null)
        {
            Rolling.Add(now, spent, overrun);
            return;
        }

        _settled = Sum(_settled, spent);
        _overrun = Sum(_overrun, overrun);
    }

    /// <summary>Tops a lease up to what is best for it, as far as something is left.</summary>
    /// <returns>How much headroom is best.</returns>
    public long Grant(LeaseBook lease, long need)
    {
        if (IsUnlimited) return 0;
        LedgerBalance balance = Balance(default);
        long headroom = lease.Headroom;
        long target = LeaseSize.Target(Limit, Sum(balance.Remaining, headroom), balance.Holders, need);
        long more = Math.Min(target - headroom, balance.Remaining);
        if (need == 0 || more <= 0) return target;
        lease.Granted += lease.Excess + more;
        lease.IsChanged = true;
        return target;
    }

    /// <summary>The state, after <see cref="MoveTo"/>.</summary>
    public LedgerBalance Balance(DateTimeOffset start)
    {
        long outstanding = 0;
        int holders = 0;
        foreach (LeaseBook lease in Leases)
        {
            if (!lease.IsLive) continue;
            outstanding = Sum(outstanding, lease.Headroom);
            holders++;
        }

        return new()
        {
            Period = Id,
            Start = start,
            End = End,
            Limit = Limit,
            CarriedOver = CarriedOver,
            Settled = Settled,
            Outstanding = outstanding,
            Overrun = Overrun,
            Holders = holders,
        };
    }
}
