using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Readme.Snippets;

namespace GreenAI.Metering.AspNetCore.Tests.Docs;

public sealed class WebSnippetTests
{
    [Fact]
    public async Task ServiceSnippets_MeterBatchesAndComparisons_AndShowThePage()
    {
        string policy = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(policy, """{ "version": "1" }""", TestContext.Current.CancellationToken);
            WebApplicationBuilder builder = Builder();
            builder.Services.PostConfigure<GreenAIMeteringOptions>(options =>
            {
                Assert.Equal("greenai-policy.json", options.Budgets.PolicyFile);
                options.Budgets.PolicyFile = policy;
                options.Sources = [];
            });
            await using WebApplication app = WebSnippets.Build(builder);
            await app.StartAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            Assert.Equal("[12,11]", await PostAsync(client, "/predict", new[] { new[] { 1f, 2f }, [1f] }));
            Assert.Equal("""{"digits-lr":10,"digits-mlp":11}""", await PostAsync(client, "/compare", new[] { 1f }));
            Assert.Equal("llm", await PostAsync(client, "/chat", ""));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/greenai/", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
            EnergyMeter meter = app.Services.GetRequiredService<EnergyMeter>();
            EnergyTotals totals = await meter.SettleAsync(TestContext.Current.CancellationToken);
            while (totals.Model("llm") is not { Succeeded: 1 }) totals = await meter.SettleAsync(TestContext.Current.CancellationToken);
            Assert.Equal((2L, 1L), (totals.Model("digits-mlp")!.Succeeded, totals.Model("digits-lr")!.Succeeded));
        }
        finally
        {
            File.Delete(policy);
        }
    }

    [Fact]
    public void OptionsSnippet_SetsWhatItSays()
    {
        WebApplicationBuilder builder = Builder();
        WebSnippets.Limit(builder);
        using ServiceProvider services = builder.Services.BuildServiceProvider();
        GreenAIAspNetCoreOptions options = services.GetRequiredService<IOptions<GreenAIAspNetCoreOptions>>().Value;
        Assert.Equal(("tenant", 2), (options.Requests.Tenants.Claim, options.Requests.Tenants.Allowed.Count));
        Assert.Equal((TimeSpan.FromSeconds(2), new GreenAIEndpointsOptions().AllowRemote), (options.Requests.WaitForDelay, options.Endpoints.AllowRemote));
    }

    private static async Task<string> PostAsync<T>(HttpClient client, string path, T body)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static WebApplicationBuilder Builder()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        return builder;
    }
}
