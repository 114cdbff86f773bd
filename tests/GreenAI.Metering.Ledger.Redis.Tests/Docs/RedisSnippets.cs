using Microsoft.Extensions.DependencyInjection;

namespace Readme.Snippets;

/// <summary>The README's snippet on the ledger of a fleet, compiled and run by the tests.</summary>
internal static class RedisSnippets
{
    public static void Register(IGreenAIMeteringBuilder metering)
    {
        #region RedisLedger
        metering.AddRedisLedger("redis.example.org:6379,user=greenai,ssl=true"); // package GreenAI.Metering.Ledger.Redis
        #endregion
    }
}
