namespace GreenAI.Metering.Benchmarks;

/// <summary>A ledger that answers as one across a network does: later, on another thread. The books behind it are in memory.</summary>
internal sealed class RemoteLedger : IBudgetLedger
{
    private static readonly TimeSpan _roundTrip = TimeSpan.FromMilliseconds(1);

    private readonly InMemoryBudgetLedger _books = new(TimeProvider.System);
    private long _exchanges;

    public string Name => "remote";

    public bool IsLocal => false;

    public long Exchanges => Volatile.Read(ref _exchanges);

    public async ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _exchanges);
        await Task.Delay(_roundTrip, TimeProvider.System, cancellationToken);
        return await _books.ExchangeAsync(requests, cancellationToken);
    }

    public ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken) => _books.ReadAsync(account, cancellationToken);

    public ValueTask DisposeAsync() => _books.DisposeAsync();
}
