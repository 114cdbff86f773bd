namespace GreenAI.Metering.Checks;

/// <summary>
/// A ledger that is as simple as it can be, for comparison: one account, a list of leases and a list of what was booked; everything is added up anew at
/// each question. Periods are minutes, or the last <c>rolling</c> ticks, or all time.
/// </summary>
internal sealed class ReferenceLedger(TimeSpan forfeitFor, bool minutely, TimeSpan? rolling, double carryOver)
{
    private readonly List<ReferenceLease> _leases = [];
    private readonly List<(int Minute, DateTimeOffset At, long Spent, long Overrun)> _booked = [];
    private readonly Dictionary<int, (long Carried, long Limit)> _periods = [];
    private readonly List<int> _order = [];

    // Periods of which the one before had something out on leases when it was last looked at.
    private readonly HashSet<int> _open = [];

    public int MinuteAt(DateTimeOffset now) => minutely ? (int)(now.ToUnixTimeSeconds() / 60) : 0;

    /// <summary>Whether it is too old to be remembered: three periods are.</summary>
    public bool IsForgotten(ReferenceLease lease) => !_order.TakeLast(3).Contains(lease.Minute);

    public (ReferenceLease Lease, bool Closed, long Target) Exchange(ReferenceLease? known, LedgerRequest request, DateTimeOffset now)
    {
        int minute = MinuteAt(now);
        if (known is null || known.Minute == minute) Open(minute, request.Account.Limit, now);
        SilenceAll(now);
        ReferenceLease? lease = known ?? _leases.LastOrDefault(other => other.Live && other.Minute == minute && other.Holder == request.Holder) ?? Again(minute, request.Holder);
        if (known is not null) known.IsNamed = true;
        if (lease is null) _leases.Add(lease = new(minute, request.Holder, _leases.Count + 1, now));
        Book(lease, request, now);
        bool closed = !lease.Live || request.IsFinal || lease.Minute != minute;
        if (closed)
        {
            // Inferences that were reserved from it may run still, until its holder says that it is done.
            if (request.IsFinal) (lease.Live, lease.IsOver, lease.Rest) = (false, true, 0);
            if (lease.Live) lease.Expires = now + request.TimeToLive;
            return (lease, true, 0);
        }

        lease.Expires = now + request.TimeToLive;
        long left = Math.Max(0, Limit(minute) - Charged(minute, now)), free = left + lease.Rest;
        long share = Math.Min(free / (4 * Holders(minute)), Math.Max(1, Limit(minute) / 100));
        long target = Math.Min(free, Math.Max(share, request.Need));
        long more = request.Need == 0 ? 0 : Math.Max(0, target - lease.Rest);
        if (more > 0)
        {
            lease.Rest += more;
            lease.Granted = lease.Spent + lease.Returned + lease.Rest;
        }

        return (lease, false, target);
    }

    // Its holder never heard of it, so that it cannot have been spent from.
    private ReferenceLease? Again(int minute, string holder)
    {
        if (_leases.LastOrDefault(other => other.Minute == minute && other.Holder == holder) is not { IsNamed: false, IsOver: false } lease) return null;
        lease.Live = true;
        return lease;
    }

    public bool IsUsed(int minute) => _periods.ContainsKey(minute);

    /// <summary>The state of a period; its limit as it was told last, or as it is told now.</summary>
    public string Text(int minute, DateTimeOffset now, long? limit = null)
    {
        if (limit is { } told) Open(minute, told, now);
        SilenceAll(now);
        return Balance(minute, now).Text();
    }

    private LedgerBalance Balance(int minute, DateTimeOffset now) => new()
    {
        Period = "",
        Limit = Limit(minute),
        CarriedOver = _periods[minute].Carried,
        Settled = Settled(minute, now),
        Outstanding = Rests(minute, live: true),
        Forfeited = Rests(minute, live: false),
        Overrun = Counted(minute, now).Sum(booked => booked.Overrun),
        Holders = Holders(minute),
    };

    private void Open(int minute, long limit, DateTimeOffset now)
    {
        bool isKnown = _periods.TryGetValue(minute, out (long Carried, long Limit) period);
        long carried = period.Carried;
        if (carryOver > 0 && (isKnown ? _open.Remove(minute) : _periods.Count > 0))
        {
            SilenceAll(now);
            long most = (long)Math.Floor(limit * carryOver), unspent = most;
            if (_periods.ContainsKey(minute - 1))
            {
                unspent = Math.Max(0, Limit(minute - 1) - Charged(minute - 1, now));
                if (Rests(minute - 1, live: true) + Rests(minute - 1, live: false) > 0) _open.Add(minute);
            }

            carried = Math.Max(carried, Math.Min(most, unspent));
        }

        _periods[minute] = (carried, limit);
        if (!isKnown) _order.Add(minute);
    }

    private void SilenceAll(DateTimeOffset now)
    {
        foreach (ReferenceLease lease in _leases.Where(lease => lease.Live && lease.Expires <= now))
        {
            lease.Live = false;
            if (forfeitFor == TimeSpan.Zero) (lease.IsOver, lease.Rest) = (true, 0);
        }

        // What left a rolling window is charged no longer, and so is what may have been spent before then.
        TimeSpan grace = rolling < forfeitFor ? rolling.Value : forfeitFor;
        foreach (ReferenceLease lease in _leases.Where(lease => !lease.Live && lease.Expires + grace < now)) (lease.IsOver, lease.Rest) = (true, 0);
    }

    // What was given back was given back before it was found to be too little.
    private void Book(ReferenceLease lease, LedgerRequest request, DateTimeOffset now)
    {
        long returned = Math.Max(0, request.Returned - lease.Returned), spent = Math.Max(0, request.Spent - lease.Spent);
        lease.Returned += returned;
        lease.Rest = Math.Max(0, lease.Rest - returned);
        _booked.Add((lease.Minute, now, spent, Math.Max(0, spent - lease.Rest)));
        lease.Spent += spent;
        lease.Rest = Math.Max(0, lease.Rest - spent);
    }

    private long Limit(int minute) => _periods[minute].Limit + _periods[minute].Carried;

    private long Charged(int minute, DateTimeOffset now) => Settled(minute, now) + Rests(minute, live: true) + Rests(minute, live: false);

    private long Rests(int minute, bool live) => _leases.Where(lease => lease.Minute == minute && lease.Live == live).Sum(lease => lease.Rest);

    private int Holders(int minute) => _leases.Count(lease => lease.Minute == minute && lease.Live);

    private long Settled(int minute, DateTimeOffset now) => Counted(minute, now).Sum(booked => booked.Spent);

    private IEnumerable<(int Minute, DateTimeOffset At, long Spent, long Overrun)> Counted(int minute, DateTimeOffset now)
    {
        if (rolling is not { } length) return _booked.Where(booked => booked.Minute == minute);
        long width = length.Ticks / 60;
        return _booked.Where(booked => booked.At.UtcTicks / width >= (now.UtcTicks / width) - 60);
    }
}
