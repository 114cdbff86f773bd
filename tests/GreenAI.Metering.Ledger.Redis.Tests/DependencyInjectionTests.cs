using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace GreenAI.Metering.Ledger.Redis.Tests;

public sealed class DependencyInjectionTests(SharedRedis redis)
{
    [Fact]
    public async Task AddRedisLedger_Configuration_IsTheLedgerOfTheHost()
    {
        await using ServiceProvider services = Build(builder => builder.AddRedisLedger(redis.Server.Configuration));
        IBudgetLedger ledger = services.GetRequiredService<IBudgetLedger>();
        Assert.Equal(("redis", false), (ledger.Name, ledger.IsLocal));
        Assert.Null(await ledger.ReadAsync(LedgerAccounts.Lifetime(1, "nobody's"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AddRedisLedger_ConnectionOfTheHost_IsUsedAndLeftOpen()
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.Configuration);
        await using (ServiceProvider services = Build(builder => builder.AddRedisLedger(_ => connection)))
        {
            IBudgetLedger ledger = services.GetRequiredService<IBudgetLedger>();
            Assert.Null(await ledger.ReadAsync(LedgerAccounts.Lifetime(1, "nobody's"), TestContext.Current.CancellationToken));
        }

        Assert.True(connection.IsConnected);
    }

    [Fact]
    public void AddRedisLedger_LedgerRegisteredBefore_Stays()
    {
        var mine = new InMemoryBudgetLedger(TimeProvider.System);
        using ServiceProvider services = Build(builder =>
        {
            builder.Services.AddSingleton<IBudgetLedger>(mine);
            builder.AddRedisLedger("localhost").AddRedisLedger("localhost");
        });
        Assert.Same(mine, Assert.Single(services.GetServices<IBudgetLedger>()));
    }

    [Theory]
    [InlineData(null, "greenai:", 2, 2, -1, "RedisLedgerOptions.Configuration is not set; it must name a server: 'localhost:6379'.")]
    [InlineData("password=x", "greenai:", 2, 2, -1, "RedisLedgerOptions.Configuration names no server; it must name one: 'localhost:6379'.")]
    [InlineData("a,connectTimeout=soon", "greenai:", 2, 2, -1, "RedisLedgerOptions.Configuration cannot be read: Keyword 'connectTimeout' requires an integer value")]
    [InlineData("a", "{x}", 2, 2, -1, "RedisLedgerOptions.KeyPrefix is '{x}'; it must have at most 100 characters, and no braces.")]
    [InlineData("a", "greenai:", 301, 2, -1, "RedisLedgerOptions.Skew is 00:05:01; it must be from 00:00:00 to 00:05:00.")]
    [InlineData("a", "greenai:", 2, 2, -1, "RedisLedgerOptions.ForfeitFor is 00:00:59; it must be at least 00:01:00.", 59)]
    [InlineData("a", "greenai:", 2, 61, -1, "RedisLedgerOptions.OperationTimeout is 00:01:01; it must be from 00:00:00.0100000 to 00:01:00.")]
    [InlineData("a", "greenai:", 2, 2, -2, "RedisLedgerOptions.Database is -2; it must be -1 or more.")]
    public async Task AddRedisLedger_ImpossibleOption_IsToldAtStart(string? configuration, string prefix, int skew, int timeout, int database, string expected, int forfeitFor = 60)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        Set(builder.Services.AddGreenAIMetering());
        using IHost host = builder.Build();
        OptionsValidationException found = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(expected, Assert.Single(found.Failures), StringComparison.Ordinal);

        void Set(IGreenAIMeteringBuilder metering) => metering.AddRedisLedger(options =>
        {
            options.Configuration = configuration;
            options.KeyPrefix = prefix;
            options.Skew = TimeSpan.FromSeconds(skew);
            options.OperationTimeout = TimeSpan.FromSeconds(timeout);
            options.Database = database;
            options.ForfeitFor = TimeSpan.FromSeconds(forfeitFor);
        });
    }

    [Fact]
    public void Options_Defaults_AreAsDocumented()
    {
        var options = new RedisLedgerOptions();
        Assert.Equal(
            (null, "greenai:", TimeSpan.FromSeconds(2), TimeSpan.FromHours(24), TimeSpan.FromSeconds(2), -1),
            (options.Configuration, options.KeyPrefix, options.Skew, options.ForfeitFor, options.OperationTimeout, options.Database));
    }

    private static ServiceProvider Build(Action<IGreenAIMeteringBuilder> add)
    {
        var services = new ServiceCollection();
        add(services.AddGreenAIMetering());
        return services.BuildServiceProvider();
    }
}
