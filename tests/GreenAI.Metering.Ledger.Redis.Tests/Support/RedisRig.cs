using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Ledger.Redis.Tests;

/// <summary>A ledger on the shared server, whose script takes the time of a fake clock for the server's.</summary>
internal sealed class RedisRig : ILedgerRig
{
    // So far ahead that the server has been up for long.
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2031, 3, 4, 12, 0, 0, TimeSpan.Zero));

    public RedisRig(SharedRedis redis, TimeSpan skew = default, TimeSpan? forfeitFor = null)
    {
        Prefix = redis.NextPrefix();
        RedisLedgerOptions options = new() { KeyPrefix = Prefix, Skew = skew, OperationTimeout = TimeSpan.FromSeconds(30) };
        if (forfeitFor is { } time) options.ForfeitFor = time;
        ForfeitFor = options.ForfeitFor;
        Ledger = new RedisBudgetLedger(redis.Connection, options, TimeProvider.System) { ServerClock = _clock };
    }

    public string Prefix { get; }

    public IBudgetLedger Ledger { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public TimeSpan Second => TimeSpan.FromSeconds(1);

    public TimeSpan Slack => TimeSpan.Zero;

    public TimeSpan ForfeitFor { get; }

    public bool IsExact => true;

    public Task AdvanceAsync(TimeSpan by)
    {
        _clock.Advance(by);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();
}
