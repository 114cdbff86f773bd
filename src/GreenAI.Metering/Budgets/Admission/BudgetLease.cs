namespace GreenAI.Metering;

/// <summary>Headroom of an account that this process may spend without asking: reserved by requests, spent by bills.</summary>
/// <remarks>
/// <para><c>granted = available + reserved + spent + returned</c>, at any moment when nobody is in the middle of a step.</para>
/// <para>Reserving and settling are lock-free and for any thread; all else is done under the lock of its account.</para>
/// </remarks>
internal sealed class BudgetLease
{
    private LeaseCounters _counters;
    private long _deadline = long.MinValue;
    private long _lowWater;

    /// <summary>The period, as the ledger named it; null before its first reply.</summary>
    public string? Period { get; private set; }

    /// <summary>The ledger's number of the lease; 0 before its first reply.</summary>
    public long Number { get; private set; }

    /// <summary>What was granted so far.</summary>
    public long Granted { get; private set; }

    /// <summary>What was given back so far.</summary>
    public long Returned { get; private set; }

    /// <summary>Of what was spent, what the ledger has acknowledged.</summary>
    public long Reported { get; private set; }

    public long Available => Interlocked.Read(ref _counters.Available);

    public long Spent => Interlocked.Read(ref _counters.Spent);

    /// <summary>Reserved and not settled; rather too much than too little while another thread settles.</summary>
    /// <remarks>Spent is read before the headroom, and settled after it: a settlement in between can only make the difference larger.</remarks>
    public long InFlight => Granted - Returned - Spent - Available;

    /// <summary>Whether the headroom is so small that more should be asked for.</summary>
    public bool IsLow => Volatile.Read(ref _counters.Available) < Volatile.Read(ref _lowWater);

    /// <summary>Whether it may be reserved from at a time of the boot clock.</summary>
    public bool IsOpenAt(long milliseconds) => milliseconds < Volatile.Read(ref _deadline);

    /// <summary>Takes headroom, or leaves everything as it is.</summary>
    public bool TryTake(long amount)
    {
        if (Volatile.Read(ref _counters.Available) < amount) return false;
        if (Interlocked.Add(ref _counters.Available, -amount) >= 0) return true;
        Interlocked.Add(ref _counters.Available, amount);
        return false;
    }

    /// <summary>Books what a reservation has cost, and gives the rest of it back; more than was reserved comes from the headroom.</summary>
    public void Settle(long reserved, long actual)
    {
        // In one step: headroom that is given back and taken again could be reserved in between. And first, for InFlight.
        if (reserved != actual) Interlocked.Add(ref _counters.Available, reserved - actual);
        if (actual != 0) Interlocked.Add(ref _counters.Spent, actual);
    }

    /// <summary>Takes a ledger's reply: the lease is valid.</summary>
    public void Extend(LedgerReply reply, long deadline, bool asksAgain)
    {
        Period = reply.Period;
        Number = reply.Lease;
        long more = Math.Max(0, reply.Granted - Granted);
        Granted += more;
        long available = Interlocked.Add(ref _counters.Available, more);
        // Asked for again when less than 30 % is left; never where there is no more to be had, which the clock asks for.
        Volatile.Write(ref _lowWater, asksAgain ? available / 10 * 3 : long.MinValue);
        Volatile.Write(ref _deadline, deadline);
    }

    /// <summary>What the ledger has booked of it.</summary>
    public void Acknowledge(long spent) => Reported = Math.Max(Reported, spent);

    /// <summary>Nothing may be reserved from it any more.</summary>
    public void Close() => Volatile.Write(ref _deadline, long.MinValue);

    /// <summary>Marks headroom beyond what is kept as given back.</summary>
    public void ReturnBeyond(long kept)
    {
        while (true)
        {
            long available = Available;
            if (available <= Math.Max(0, kept)) return;
            if (Interlocked.CompareExchange(ref _counters.Available, kept, available) != available) continue;
            Returned += available - kept;
            return;
        }
    }
}
