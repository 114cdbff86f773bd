using GreenAI.Metering;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps budgets in Redis, shared by a fleet.</summary>
public static class RedisLedgerBuilderExtensions
{
    /// <summary>Keeps the spend of budgets in Redis, unless a ledger is registered already. Options are validated at start; the server is not needed then.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configuration">How StackExchange.Redis connects: <c>redis.example.org:6379,user=greenai,password=…,ssl=true</c>.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddRedisLedger(this IGreenAIMeteringBuilder builder, string configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        return AddRedisLedger(builder, options => options.Configuration = configuration);
    }

    /// <inheritdoc cref="AddRedisLedger(IGreenAIMeteringBuilder, string)"/>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    public static IGreenAIMeteringBuilder AddRedisLedger(this IGreenAIMeteringBuilder builder, Action<RedisLedgerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        Register(builder.Services, configure, needsConfiguration: true, static (_, options, time) => new RedisBudgetLedger(options, time));
        return builder;
    }

    /// <summary>Keeps the spend of budgets in Redis, by a connection that the host makes and closes, unless a ledger is registered already.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="connection">Makes or finds the connection; called once, when the ledger is made.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddRedisLedger(this IGreenAIMeteringBuilder builder, Func<IServiceProvider, IConnectionMultiplexer> connection) =>
        AddRedisLedger(builder, connection, static _ => { });

    /// <inheritdoc cref="AddRedisLedger(IGreenAIMeteringBuilder, Func{IServiceProvider, IConnectionMultiplexer})"/>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="connection">Makes or finds the connection; called once, when the ledger is made.</param>
    /// <param name="configure">Sets the options; <see cref="RedisLedgerOptions.Configuration"/> is not used.</param>
    public static IGreenAIMeteringBuilder AddRedisLedger(
        this IGreenAIMeteringBuilder builder,
        Func<IServiceProvider, IConnectionMultiplexer> connection,
        Action<RedisLedgerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(configure);
        Register(builder.Services, configure, needsConfiguration: false, (services, options, time) => new RedisBudgetLedger(connection(services), options, time));
        return builder;
    }

    private static void Register(
        IServiceCollection services,
        Action<RedisLedgerOptions> configure,
        bool needsConfiguration,
        Func<IServiceProvider, RedisLedgerOptions, TimeProvider, RedisBudgetLedger> create)
    {
        if (services.Any(static service => service.ServiceType == typeof(IBudgetLedger))) return;
        services.AddOptions<RedisLedgerOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RedisLedgerOptions>>(new RedisLedgerOptionsValidator(needsConfiguration));
        services.AddSingleton<IBudgetLedger>(provider => create(
            provider,
            provider.GetRequiredService<IOptions<RedisLedgerOptions>>().Value,
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}
