namespace GreenAI.Metering;

/// <summary>What a ledger answers to a request.</summary>
/// <remarks>Immutable.</remarks>
public sealed class LedgerReply
{
    /// <summary>How the request was answered.</summary>
    public required LedgerStatus Status { get; init; }

    /// <summary>The period that was spoken of.</summary>
    public required string Period { get; init; }

    /// <summary>The number of the lease; another than before when the old one had expired.</summary>
    public long Lease { get; init; }

    /// <summary>What the lease was granted so far.</summary>
    public long Granted { get; init; }

    /// <summary>How long the lease lasts, from the moment the request was sent; <see cref="TimeSpan.MaxValue"/>: as long as the period.</summary>
    public TimeSpan LastsFor { get; init; }

    /// <summary>How long the period still lasts, from the moment the request was sent; <see cref="TimeSpan.MaxValue"/>: without an end.</summary>
    public TimeSpan PeriodLastsFor { get; init; }

    /// <summary>How much headroom the holder had best keep: more than twice as much is to be given back.</summary>
    public long Target { get; init; }

    /// <summary>The account's period after the request.</summary>
    public required LedgerBalance Balance { get; init; }
}
