using Microsoft.Extensions.DependencyInjection;
using Readme.Snippets;

namespace GreenAI.Metering.Ledger.Sqlite.Tests.Docs;

public sealed class SqliteSnippetTests
{
    [Fact]
    public async Task Snippet_RegistersTheLedger()
    {
        ServiceCollection services = new();
        SqliteSnippets.Register(services.AddGreenAIMetering());
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.IsType<SqliteBudgetLedger>(provider.GetRequiredService<IBudgetLedger>());
    }
}
