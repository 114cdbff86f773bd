namespace GreenAI.Metering;

/// <summary>What a ledger knows of one lease. Not thread-safe.</summary>
internal sealed class LeaseBook(string holder, long number)
{
    public string Holder { get; } = holder;

    public long Number { get; } = number;

    public long Granted { get; set; }

    public long Spent { get; set; }

    public long Returned { get; set; }

    /// <summary>When it is over unless its holder is heard of.</summary>
    public DateTimeOffset Expires { get; set; }

    /// <summary>Whether it may be spent from; one that is over is kept so that late reports book only what they add.</summary>
    public LeaseState State { get; set; }

    /// <summary>Whether its holder has named it: until then, the reply that told its number may be lost, and what was told with it is told again.</summary>
    public bool IsNamed { get; set; }

    /// <summary>Whether it differs from what was stored.</summary>
    public bool IsChanged { get; set; }

    public bool IsLive => State == LeaseState.Live;

    /// <summary>Granted, not yet spent and not returned.</summary>
    public long Headroom => Math.Max(0, Granted - Spent - Returned);

    /// <summary>Spent beyond what was granted and kept.</summary>
    public long Excess => Math.Max(0, Spent - (Granted - Returned));

    /// <summary>Ends it and gives the rest back.</summary>
    public void Close(LeaseState state)
    {
        Returned += Headroom;
        State = state;
        IsChanged = true;
    }

    /// <summary>Begins it again, without headroom, for a holder that knows nothing of what it was granted and of what was given back for it.</summary>
    public void Revive()
    {
        Granted -= Returned;
        Returned = 0;
        State = LeaseState.Live;
        IsChanged = true;
    }
}
