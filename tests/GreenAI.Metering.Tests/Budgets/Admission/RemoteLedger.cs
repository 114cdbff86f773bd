namespace GreenAI.Metering.Tests.Budgets;

/// <summary>A ledger somewhere else: answers from the thread pool, or not at all while it is down.</summary>
internal sealed class RemoteLedger(TimeProvider timeProvider) : IBudgetLedger
{
    private readonly InMemoryBudgetLedger _books = new(timeProvider);
    private int _exchanges;

    public string Name => "remote";

    public bool IsLocal => false;

    public bool IsDown { get; set; }

    public int Exchanges => Volatile.Read(ref _exchanges);

    public async ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Interlocked.Increment(ref _exchanges);
        if (IsDown) throw new LedgerUnavailableException("It is down.", null);
        return await _books.ExchangeAsync(requests, cancellationToken);
    }

    public ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken) => _books.ReadAsync(account, cancellationToken);

    public ValueTask DisposeAsync() => _books.DisposeAsync();
}
