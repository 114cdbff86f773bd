namespace GreenAI.Metering;

/// <summary>How leases are held.</summary>
internal sealed class LeaseTerms
{
    /// <summary>Unique to one run of one meter.</summary>
    public required string Holder { get; init; }

    /// <summary>How long a lease lasts without a word from its holder.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often spend is told to the ledger.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A holder stops this long before its lease is over: clocks run differently fast, and a thread may be held up.</summary>
    public TimeSpan Margin => TimeToLive / 10;

    /// <summary>A lease in which nothing happens is renewed this often.</summary>
    public TimeSpan Renewal => TimeToLive / 10;

    /// <summary>A ledger that has not answered for so long is taken for down.</summary>
    public TimeSpan Patience => Renewal + (FlushInterval * 4);
}
