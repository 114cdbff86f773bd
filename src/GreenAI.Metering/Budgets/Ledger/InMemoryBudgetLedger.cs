namespace GreenAI.Metering;

/// <summary>A ledger in the memory of this process: for one process whose budgets may begin anew when it starts.</summary>
/// <remarks>
/// Thread-safe; exchanges complete at once. What a lease holds is given back when its holder was silent for the lease's time to live. Of each account the
/// current period is kept and at most two before it.
/// </remarks>
public sealed class InMemoryBudgetLedger : IBudgetLedger
{
    // How often accounts that nobody asks for are looked through.
    private static readonly TimeSpan _pruneEvery = TimeSpan.FromHours(1);

    private readonly Dictionary<string, AccountBook> _accounts = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private readonly TimeProvider _timeProvider;
    private DateTimeOffset _pruneAt;

    /// <summary>Makes an empty ledger.</summary>
    /// <param name="timeProvider">Tells which period is the current one and which leases are over.</param>
    public InMemoryBudgetLedger(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        _pruneAt = timeProvider.GetUtcNow() + _pruneEvery;
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public bool IsLocal => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A request is impossible; nothing of the batch is booked.</exception>
    public ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        LedgerRules.Check(requests);
        cancellationToken.ThrowIfCancellationRequested();
        LedgerReply[] replies = new LedgerReply[requests.Count];
        lock (_lock)
        {
            DateTimeOffset now = _timeProvider.GetUtcNow();
            if (now >= _pruneAt) Prune(now);
            for (int i = 0; i < replies.Length; i++) replies[i] = Account(requests[i].Account.Key).Exchange(requests[i], now);
        }

        return new(replies);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The account is impossible.</exception>
    public ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken)
    {
        LedgerRules.Check(account);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new(_accounts.TryGetValue(account.Key, out AccountBook? book) ? book.Read(account, _timeProvider.GetUtcNow()) : null);
        }
    }

    /// <summary>Does nothing: nothing outside this process is held.</summary>
    public ValueTask DisposeAsync() => default;

    private AccountBook Account(string key)
    {
        if (!_accounts.TryGetValue(key, out AccountBook? book)) _accounts.Add(key, book = new());
        return book;
    }

    private void Prune(DateTimeOffset now)
    {
        foreach (AccountBook book in _accounts.Values) book.Prune(now);
        _pruneAt = now + _pruneEvery;
    }
}
