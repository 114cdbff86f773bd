using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.Ledger.Sqlite.Tests;

public sealed class SqliteLedgerRegistrationTests
{
    [Fact]
    public async Task AddSqliteLedger_Path_RegistersOneThatTheHostDisposes()
    {
        using TemporaryFolder folder = new();
        ServiceCollection services = new();
        services.AddGreenAIMetering().AddSqliteLedger(folder.File).AddSqliteLedger("/nowhere/other.db");
        IBudgetLedger ledger;
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            ledger = Assert.Single(provider.GetServices<IBudgetLedger>());
            Assert.IsType<SqliteBudgetLedger>(ledger);
            Assert.Null(await ledger.ReadAsync(LedgerAccounts.Lifetime(1)));
            Assert.True(File.Exists(folder.File));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.ReadAsync(LedgerAccounts.Lifetime(1)));
    }

    [Fact]
    public async Task AddSqliteLedger_TheHostsLedgerFirst_StaysTheHosts()
    {
        ServiceCollection services = new();
        services.AddSingleton<IBudgetLedger>(new InMemoryBudgetLedger(TimeProvider.System));
        services.AddGreenAIMetering().AddSqliteLedger(options => options.Path = "/nowhere/budgets.db");
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.IsType<InMemoryBudgetLedger>(provider.GetRequiredService<IBudgetLedger>());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":memory:")]
    [InlineData("file:x?mode=memory")]
    public void AddSqliteLedger_NotAFile_IsRefusedAtOnce(string path)
    {
        ArgumentException found = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddGreenAIMetering().AddSqliteLedger(path));
        Assert.StartsWith($"Path is '{path}'; it must be the path of a file", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_ImpossibleBusyTimeout_IsRefusedWithItsRange()
    {
        ArgumentException found = Assert.Throws<ArgumentException>(() => new SqliteBudgetLedger(new() { Path = "x", BusyTimeout = TimeSpan.Zero }));
        Assert.StartsWith("BusyTimeout is 00:00:00; it must be from 00:00:01 to 01:00:00.", found.Message, StringComparison.Ordinal);
    }
}
