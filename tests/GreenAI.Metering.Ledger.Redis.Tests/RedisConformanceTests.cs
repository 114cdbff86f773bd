namespace GreenAI.Metering.Ledger.Redis.Tests;

/// <summary>What every ledger must do, of the one in Redis, against a real server.</summary>
public sealed class RedisConformanceTests(SharedRedis redis) : LedgerConformance
{
    protected override Task<ILedgerRig> CreateAsync() => Task.FromResult<ILedgerRig>(new RedisRig(redis, forfeitFor: TimeSpan.FromMinutes(1)));
}
