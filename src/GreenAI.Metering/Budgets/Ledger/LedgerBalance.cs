namespace GreenAI.Metering;

/// <summary>The state of an account in one period, in whole micrograms or microjoules.</summary>
/// <remarks>Immutable.</remarks>
public sealed class LedgerBalance
{
    /// <summary>The period.</summary>
    public required string Period { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>When it ends; <see cref="DateTimeOffset.MaxValue"/>: never.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>What may be granted: the account's limit and what was carried over.</summary>
    public long Limit { get; init; }

    /// <summary>What was carried over from the period before. It grows while leases of that period give back what they held at its end.</summary>
    public long CarriedOver { get; init; }

    /// <summary>What holders reported as spent.</summary>
    public long Settled { get; init; }

    /// <summary>Granted to live leases, not yet spent and not returned.</summary>
    public long Outstanding { get; init; }

    /// <summary>Parts of leases whose holder fell silent: charged until it reports or the ledger has waited long enough.</summary>
    public long Forfeited { get; init; }

    /// <summary>Spent beyond what was granted; contained in <see cref="Settled"/>.</summary>
    public long Overrun { get; init; }

    /// <summary>How many holders have a live lease.</summary>
    public int Holders { get; init; }

    /// <summary>What can still be granted.</summary>
    public long Remaining => Math.Max(0, Limit - Math.Min(Limit, Charged));

    /// <summary>What is spent or must be taken for spent.</summary>
    public long Charged => Settled > long.MaxValue - Outstanding - Forfeited ? long.MaxValue : Settled + Outstanding + Forfeited;
}
