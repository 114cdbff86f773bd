namespace GreenAI.Metering;

/// <summary>What a holder tells a ledger of one lease, and asks of it.</summary>
/// <remarks>Immutable. All amounts are cumulative over the lease: a repeated request books and grants nothing twice.</remarks>
public sealed class LedgerRequest
{
    /// <summary>The account.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>Who asks: unique to one run of one meter. From 1 to 64 characters.</summary>
    public required string Holder { get; init; }

    /// <summary>The period of the lease, as a reply named it; null: the current one, in which the holder has no lease that it knows of.</summary>
    public string? Period { get; init; }

    /// <summary>The number of the lease, as a reply named it; 0 with a null <see cref="Period"/>.</summary>
    public long Lease { get; init; }

    /// <summary>What was granted so far, as the last reply said.</summary>
    public long Granted { get; init; }

    /// <summary>What was spent so far.</summary>
    public long Spent { get; init; }

    /// <summary>What of the headroom was given back so far.</summary>
    public long Returned { get; init; }

    /// <summary>The settled amount of the period that the last reply told: a ledger that lost its memory learns it from that.</summary>
    public long KnownSettled { get; init; }

    /// <summary>
    /// The charged amount of the period that the last reply told: settled, outstanding and forfeited. A ledger that lost its memory keeps as much of it charged as
    /// nobody claims: holders that are gone had spent it, or still may.
    /// </summary>
    public long KnownCharged { get; init; }

    /// <summary>The smallest headroom that is of use: what the dearest call may cost. 0: none is wanted.</summary>
    public long Need { get; init; }

    /// <summary>How long the lease shall last without another request.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>The holder is done with this lease: the rest goes back, and nothing is granted. Until then the rest of a lease of an ended period stays charged to it.</summary>
    public bool IsFinal { get; init; }
}
