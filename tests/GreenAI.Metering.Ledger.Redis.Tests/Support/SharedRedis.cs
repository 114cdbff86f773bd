using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(GreenAI.Metering.Ledger.Redis.Tests.SharedRedis))]

namespace GreenAI.Metering.Ledger.Redis.Tests;

/// <summary>One server and one connection for all tests that do not harm it; each has keys of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private IConnectionMultiplexer? _connection;
    private int _rigs;

    internal RedisServer Server
    {
        get
        {
            Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
            return _server!;
        }
    }

    internal IConnectionMultiplexer Connection => Server is null ? null! : _connection!;

    /// <summary>A prefix that nobody else has.</summary>
    internal string NextPrefix() => FormattableString.Invariant($"t{Interlocked.Increment(ref _rigs)}:");

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.Missing is not null) return;
        _server = new RedisServer("--appendonly", "no");
        _connection = await ConnectionMultiplexer.ConnectAsync(_server.Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _server?.Dispose();
    }
}
