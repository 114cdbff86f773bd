namespace GreenAI.Metering.Checks;

/// <summary>A lease of the reference ledger.</summary>
internal sealed class ReferenceLease(int minute, string holder, long number, DateTimeOffset expires)
{
    public int Minute => minute;

    public string Holder => holder;

    public long Number => number;

    public DateTimeOffset Expires { get; set; } = expires;

    public bool Live { get; set; } = true;

    /// <summary>What its holder may still spend, or may have spent when it fell silent.</summary>
    public long Rest { get; set; }

    public long Spent { get; set; }

    public long Returned { get; set; }

    public long Granted { get; set; }
}
