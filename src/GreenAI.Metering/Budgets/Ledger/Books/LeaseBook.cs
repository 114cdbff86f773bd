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

    /// <summary>Whether it still may be spent from; one that is over is kept so that late reports book only what they add.</summary>
    public bool IsLive { get; set; } = true;

    /// <summary>Whether it differs from what was stored.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Granted, not yet spent and not returned.</summary>
    public long Headroom => Math.Max(0, Granted - Spent - Returned);

    /// <summary>Spent beyond what was granted and kept.</summary>
    public long Excess => Math.Max(0, Spent - (Granted - Returned));

    /// <summary>Gives the rest back.</summary>
    public void Close()
    {
        Returned += Headroom;
        IsLive = false;
        IsChanged = true;
    }
}
