namespace GreenAI.Metering.Checks;

/// <summary>A lease of the reference ledger.</summary>
internal sealed class ReferenceLease(int minute, string holder, long number, DateTimeOffset expires)
{
    public int Minute => minute;

    public string Holder => holder;

    public long Number => number;

    public DateTimeOffset Expires { get; set; } = expires;

    public bool Live { get; set; } = true;

    /// <summary>Whether its holder has named it, and so has heard of it.</summary>
    public bool IsNamed { get; set; }

    /// <summary>Whether what it held was given back: it does not begin again.</summary>
    public bool IsOver { get; set; }

    /// <summary>What its holder may still spend, or may have spent when it fell silent.</summary>
    public long Rest { get; set; }

    public long Spent { get; set; }

    public long Returned { get; set; }

    public long Granted { get; set; }
}
