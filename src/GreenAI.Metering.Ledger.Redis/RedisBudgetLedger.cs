using StackExchange.Redis;

namespace GreenAI.Metering;

/// <summary>A ledger in Redis, shared by the meters of a fleet: leases that are granted by one script, by the server's time.</summary>
/// <remarks>
/// <para>
/// Each request is one call of a Lua script, those of a batch are sent together. The script reads the time of the server, books what the holder reports, charges
/// leases whose holder fell silent until it reports after all or <see cref="RedisLedgerOptions.ForfeitFor"/> is over, and grants. Amounts are whole to the last
/// unit of 2^63.
/// </para>
/// <para>
/// A server that was restarted, emptied or replaced is found out by the script (another <c>run_id</c>, or a lease that it does not know). It then grants
/// nothing for one time to live and <see cref="RedisLedgerOptions.Skew"/>, and takes from holders what they hold and what they knew to be charged. What
/// no living holder knows is forgotten: all that was granted after the last reply to any of them. A server that comes back with an older state may charge
/// what was given back since then and granted anew twice, and tells it as an overrun. A budget that is first used on a server that has just started waits
/// as long.
/// </para>
/// <para>
/// The script needs: <c>EVAL EVALSHA SCRIPT|LOAD TIME INFO HGET HMGET HGETALL HSET HDEL ZADD ZREM ZCARD ZRANGEBYSCORE PEXPIREAT</c>, on keys that begin with
/// <see cref="RedisLedgerOptions.KeyPrefix"/>. In a cluster all keys of one account are in one slot. Keys expire some while after their period. The server must not evict
/// keys: <c>maxmemory-policy noeviction</c>. Redis 6 or newer; tested with 7.0.
/// </para>
/// <para>Thread-safe; never blocks a thread.</para>
/// </remarks>
public sealed class RedisBudgetLedger : IBudgetLedger
{
    // The period flips, or the clock is far off: the second try knows the server's time. A third is for a period that flips in between.
    private const int Tries = 3;

    private readonly RedisConnector _connector;
    private readonly RedisLedgerOptions _options;
    private readonly TimeProvider _timeProvider;
    private long _serverAhead;

    /// <summary>Makes a ledger with a connection of its own, which it opens when it is first used.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="timeProvider">Tells roughly what the server's time is; it is corrected by the server's answers.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message says which.</exception>
    public RedisBudgetLedger(RedisLedgerOptions options, TimeProvider timeProvider)
        : this(timeProvider, Checked(options, needsConfiguration: true), new RedisConnector(options))
    {
    }

    /// <summary>Makes a ledger on a connection of the host's, which stays the host's to close.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How; <see cref="RedisLedgerOptions.Configuration"/> is not used.</param>
    /// <param name="timeProvider">Tells roughly what the server's time is; it is corrected by the server's answers.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message says which.</exception>
    public RedisBudgetLedger(IConnectionMultiplexer connection, RedisLedgerOptions options, TimeProvider timeProvider)
        : this(timeProvider, Checked(options, needsConfiguration: false), new RedisConnector(connection ?? throw new ArgumentNullException(nameof(connection))))
    {
    }

    private RedisBudgetLedger(TimeProvider timeProvider, RedisLedgerOptions options, RedisConnector connector)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        _options = options;
        _connector = connector;
    }

    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public bool IsLocal => false;

    /// <summary>A clock instead of the server's, so that tests need not wait; null but there.</summary>
    internal TimeProvider? ServerClock { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A request is impossible; nothing of the batch is booked.</exception>
    public async ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        LedgerRules.Check(requests);
        if (requests.Count == 0) return [];
        IDatabase database = await DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var replies = new Task<LedgerReply>[requests.Count];
        for (int i = 0; i < replies.Length; i++) replies[i] = ExchangeAsync(database, requests[i]);
        return await WithinAsync(Task.WhenAll(replies), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The account is impossible.</exception>
    public async ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken)
    {
        LedgerRules.Check(account);
        IDatabase database = await DatabaseAsync(cancellationToken).ConfigureAwait(false);
        (RedisLedgerAnswer answer, BudgetPeriod period) = await WithinAsync(AskAsync(database, account, null), cancellationToken).ConfigureAwait(false);
        return answer.Kind == "NONE" ? null : answer.Balance(account, null, period);
    }

    /// <summary>Closes the connection if it is the ledger's own.</summary>
    public ValueTask DisposeAsync() => _connector.DisposeAsync();

    private static RedisLedgerOptions Checked(RedisLedgerOptions options, bool needsConfiguration)
    {
        ArgumentNullException.ThrowIfNull(options);
        string? mistake = options.Mistakes(needsConfiguration).FirstOrDefault();
        return mistake is null ? options : throw new ArgumentException(mistake, nameof(options));
    }

    private async Task<IDatabase> DatabaseAsync(CancellationToken cancellationToken)
    {
        IConnectionMultiplexer connection = await WithinAsync(_connector.GetAsync(), cancellationToken).ConfigureAwait(false);
        return connection.GetDatabase(_options.Database);
    }

    private async Task<LedgerReply> ExchangeAsync(IDatabase database, LedgerRequest request)
    {
        (RedisLedgerAnswer answer, BudgetPeriod period) = await AskAsync(database, request.Account, request).ConfigureAwait(false);
        return answer.Reply(request, period);
    }

    private async Task<(RedisLedgerAnswer Answer, BudgetPeriod Period)> AskAsync(IDatabase database, LedgerAccount account, LedgerRequest? request)
    {
        for (int i = 1; ; i++)
        {
            DateTimeOffset local = _timeProvider.GetUtcNow();
            var call = RedisLedgerCall.Of(_options, account, request, Later(local, Interlocked.Read(ref _serverAhead)), ServerClock?.GetUtcNow());
            // By its hash; the whole text where the server does not know it.
            RedisResult result = await database.ScriptEvaluateAsync(RedisLedgerScript.Text, call.Keys, call.Values).ConfigureAwait(false);
            var answer = new RedisLedgerAnswer(result, _connector.Where);
            Interlocked.Exchange(ref _serverAhead, (answer.ServerTime - local).Ticks);
            if (answer.Kind != "SKEW") return (answer, call.Period);
            if (i == Tries) throw new LedgerUnavailableException($"The clock of Redis at {_connector.Where} jumps from period to period. Set it right.", null);
        }
    }

    // Redis itself says what is amiss; what to do depends on the kind.
    private async Task<T> WithinAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(_options.OperationTimeout, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nobody waits for the rest any more: what it throws is of no interest.
            _ = task.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            if (exception is RedisException or TimeoutException) throw new LedgerUnavailableException(Advice(exception), exception);
            throw;
        }
    }

    private string Advice(Exception exception) => exception switch
    {
        RedisServerException server when server.Message.StartsWith("NOPERM", StringComparison.Ordinal) =>
            $"The Redis user at {_connector.Where} may not do what the ledger needs ({server.Message}): grant the commands and keys that the package's documentation lists.",
        RedisServerException server when server.Message.Contains("OOM", StringComparison.Ordinal) =>
            $"Redis at {_connector.Where} is out of memory: give it more, with maxmemory-policy noeviction.",
        RedisServerException server => $"Redis at {_connector.Where} refused the ledger's script: {server.Message}",
        TimeoutException => $"Redis at {_connector.Where} did not answer within {_options.OperationTimeout.TotalSeconds:0.###} s: see to the server and the network between.",
        _ => $"Redis at {_connector.Where} cannot be reached: start it, or set RedisLedgerOptions.Configuration right. {exception.Message}",
    };

    private static DateTimeOffset Later(DateTimeOffset time, long ticks) =>
        new(Math.Clamp(time.UtcTicks + ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
