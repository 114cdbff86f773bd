namespace GreenAI.Metering.Checks;

/// <summary>A holder as a meter is one: it keeps cumulative amounts of its lease, and reports them again until it is answered.</summary>
internal sealed class TestHolder(IBudgetLedger ledger, string name, TimeSpan timeToLive)
{
    public string Name => name;

    /// <summary>The account; may change, as a policy does.</summary>
    public required LedgerAccount Account { get; set; }

    public string? Period { get; private set; }

    public long Lease { get; private set; }

    public long Granted { get; private set; }

    public long Spent { get; private set; }

    public long Returned { get; private set; }

    public long KnownSettled { get; private set; }

    public long KnownCharged { get; private set; }

    public long Headroom => Math.Max(0, Granted - Spent - Returned);

    public void Spend(long amount) => Spent += amount;

    public void GiveBack(long amount) => Returned += Math.Min(amount, Headroom);

    public LedgerRequest Request(long need = 0, bool isFinal = false) => new()
    {
        Account = Account,
        Holder = name,
        Period = Period,
        Lease = Lease,
        Granted = Granted,
        Spent = Spent,
        Returned = Returned,
        KnownSettled = KnownSettled,
        KnownCharged = KnownCharged,
        Need = need,
        TimeToLive = timeToLive,
        IsFinal = isFinal,
    };

    public async Task<LedgerReply> ReportAsync(long need = 0, bool isFinal = false)
    {
        LedgerReply reply = await ledger.SendAsync(Request(need, isFinal));
        Take(reply);
        return reply;
    }

    /// <summary>Believes a reply.</summary>
    public void Take(LedgerReply reply)
    {
        (KnownSettled, KnownCharged) = (reply.Balance.Settled, reply.Balance.Charged);
        if (reply.Status == LedgerStatus.Closed)
        {
            (Period, Lease, Granted, Spent, Returned, KnownSettled, KnownCharged) = (null, 0, 0, 0, 0, 0, 0);
            return;
        }

        (Period, Lease, Granted) = (reply.Period, reply.Lease, reply.Granted);
    }
}
