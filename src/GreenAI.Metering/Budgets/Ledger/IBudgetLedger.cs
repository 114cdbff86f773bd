namespace GreenAI.Metering;

/// <summary>Where the spend of budgets is kept, for one process, for one host, or for a fleet.</summary>
/// <remarks>
/// <para>
/// Amounts are whole micrograms of CO2e or microjoules. A holder (one meter) asks for a lease: headroom it may spend without asking again. Every message tells
/// cumulative amounts, so that one that is lost, repeated or late changes nothing: what was granted, spent and returned so far. In each period, of each account:
/// </para>
/// <para><c>settled + outstanding + forfeited ≤ limit + overrun</c></para>
/// <para>
/// settled: what holders reported as spent; outstanding: granted to live leases and not yet spent or returned; forfeited: the part of leases whose holder fell
/// silent, charged until it reports after all or the ledger has waited long enough; overrun: spent beyond what was granted, because an estimate was too low or nothing was reserved.
/// </para>
/// <para>Thread-safe. Called from a task of the meter's own, never on the path of a request, unless <see cref="IsLocal"/>.</para>
/// </remarks>
public interface IBudgetLedger : IAsyncDisposable
{
    /// <summary>A name for logs and reports: <c>memory</c>, <c>sqlite</c>, <c>redis</c>.</summary>
    string Name { get; }

    /// <summary>Whether exchanges complete at once, without I/O, so that they may happen on the path of a request.</summary>
    bool IsLocal { get; }

    /// <summary>Books what holders report and grants what they need, each request by itself and atomically.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent may have been booked.</param>
    /// <returns>A reply for each request, in the same order.</returns>
    /// <exception cref="LedgerUnavailableException">It cannot be reached, or cannot be written.</exception>
    ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken);

    /// <summary>The state of an account's current period; one that was never used has none.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LedgerUnavailableException">It cannot be reached.</exception>
    ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken);
}
