using Microsoft.Extensions.DependencyInjection;
using Readme.Snippets;

namespace GreenAI.Metering.Ledger.Redis.Tests.Docs;

public sealed class RedisSnippetTests
{
    [Fact]
    public async Task Snippet_RegistersTheLedger()
    {
        ServiceCollection services = new();
        RedisSnippets.Register(services.AddGreenAIMetering());
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.IsType<RedisBudgetLedger>(provider.GetRequiredService<IBudgetLedger>());
    }
}
