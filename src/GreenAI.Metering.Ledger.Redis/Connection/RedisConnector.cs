using StackExchange.Redis;

namespace GreenAI.Metering;

/// <summary>The ledger's connection: the host's, or one of its own that is made when it is first needed and never given up.</summary>
internal sealed class RedisConnector : IAsyncDisposable
{
    private readonly Func<Task<IConnectionMultiplexer>> _connect;
    private readonly bool _owns;
    private readonly object _gate = new();
    private Task<IConnectionMultiplexer>? _connection;
    private bool _disposed;

    public RedisConnector(IConnectionMultiplexer connection)
    {
        _connection = Task.FromResult(connection);
        _connect = () => _connection;
        Where = Place(connection.Configuration);
    }

    public RedisConnector(RedisLedgerOptions options)
    {
        ConfigurationOptions configuration = ConfigurationOptions.Parse(options.Configuration!);
        // A server that is down when the application starts is a ledger that does not answer yet.
        configuration.AbortOnConnectFail = false;
        // What could not be sent is told again by its holder, with newer figures: nothing is kept back.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        configuration.ClientName ??= "GreenAI.Metering";
        int timeout = (int)options.OperationTimeout.TotalMilliseconds;
        configuration.AsyncTimeout = timeout;
        configuration.ConnectTimeout = Math.Min(configuration.ConnectTimeout, Math.Max(500, timeout));
        _connect = async () => await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
        _owns = true;
        Where = Place(configuration.ToString(includePassword: false));
    }

    /// <summary>The servers, without passwords.</summary>
    public string Where { get; }

    /// <summary>The connection; it may not be connected at the moment.</summary>
    public Task<IConnectionMultiplexer> GetAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(RedisBudgetLedger));
            // Only a mistake in the configuration or a name that cannot be resolved ends an attempt; either may be mended meanwhile.
            if (_connection is null or { IsFaulted: true } or { IsCanceled: true }) _connection = _connect();
            return _connection;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<IConnectionMultiplexer>? connection;
        lock (_gate)
        {
            connection = _disposed || !_owns ? null : _connection;
            _disposed = true;
        }

        if (connection is null) return;
        try
        {
            await (await connection.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (RedisException)
        {
            // It never connected: there is nothing to close.
        }
    }

    private static string Place(string configuration) => configuration.Split(',', 2)[0];
}
