using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering.AspNetCore.Tests.DependencyInjection;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Requests:RefusalStatus", "404", "GreenAI:AspNetCore:Requests:RefusalStatus is 404; it must be 429 or 503.")]
    [InlineData("Requests:WaitForDelay", "00:02:00", "GreenAI:AspNetCore:Requests:WaitForDelay is 00:02:00; it must be from 00:00:00 to 00:01:00.")]
    [InlineData("Requests:MaxWaiting", "0", "GreenAI:AspNetCore:Requests:MaxWaiting is 0; it must be from 1 to 100000.")]
    [InlineData("Requests:Refusal", "429", "GreenAI:AspNetCore:Requests:Refusal is not known; GreenAI:AspNetCore:Requests has MaxWaiting, RefusalStatus, TellReasons, Tenants, WaitForDelay.")]
    [InlineData("Requests:Tenants:Claims", "tid", "GreenAI:AspNetCore:Requests:Tenants:Claims is not known; GreenAI:AspNetCore:Requests:Tenants has AllowAny, Allowed, Claim, Header, Unknown.")]
    [InlineData("Requests:Tenants:Allowed", "acme", "GreenAI:AspNetCore:Requests:Tenants:Allowed is 'acme'; it must be a list: write GreenAI:AspNetCore:Requests:Tenants:Allowed:0 = acme.")]
    [InlineData("Requests:Tenants:Header", "X-Tenant", "GreenAI:AspNetCore:Requests:Tenants:Allowed is empty; it must name the tenants there are, or GreenAI:AspNetCore:Requests:Tenants:AllowAny must be true.")]
    [InlineData("Requests:Tenants:Header", "X Tenant", "GreenAI:AspNetCore:Requests:Tenants:Header is 'X Tenant'; it must be the name of a header: letters, digits and -_.")]
    [InlineData("Requests:Tenants:AllowAny", "true", "GreenAI:AspNetCore:Requests:Tenants names neither a Claim nor a Header; one must say where the tenant of a request comes from.")]
    [InlineData("Requests:Tenants:Allowed:0", "(x)", "GreenAI:AspNetCore:Requests:Tenants:Allowed:0 is '(x)'; it must have 1 to 128 characters, none of them invisible, and not begin with '('.")]
    [InlineData("Request:RefusalStatus", "429", "GreenAI:AspNetCore:Request is not known; GreenAI:AspNetCore has ")]
    public async Task Section_WithAMistake_EndsTheStart_AndSaysWhatAndWhere(string key, string value, string message)
    {
        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync((key, value)));
        Assert.Contains(refused.Failures, failure => failure.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Section_IsBound()
    {
        await using WebRig rig = await StartAsync(
            ("Requests:RefusalStatus", "503"),
            ("Requests:WaitForDelay", "00:00:05"),
            ("Requests:MaxWaiting", "10"),
            ("Requests:TellReasons", "true"),
            ("Requests:Tenants:Header", "X-Tenant"),
            ("Requests:Tenants:Claim", "tid"),
            ("Requests:Tenants:Allowed:0", "acme"),
            ("Requests:Tenants:Unknown", "refuse"),
            ("Endpoints:AllowRemote", "true"));
        GreenAIAspNetCoreOptions options = rig.App.Services.GetRequiredService<IOptions<GreenAIAspNetCoreOptions>>().Value;
        Assert.Equal((503, TimeSpan.FromSeconds(5), 10, true), (options.Requests.RefusalStatus, options.Requests.WaitForDelay, options.Requests.MaxWaiting, options.Requests.TellReasons));
        RequestTenantOptions tenants = options.Requests.Tenants;
        Assert.Equal(("X-Tenant", "tid", "acme", UnknownTenant.Refuse), (tenants.Header, tenants.Claim, Assert.Single(tenants.Allowed), tenants.Unknown));
        Assert.True(options.Endpoints.AllowRemote);
    }

    [Fact]
    public void Defaults_AreAsDocumented()
    {
        var options = new InferenceMeteringOptions();
        Assert.Equal((429, TimeSpan.Zero, 256, false), (options.RefusalStatus, options.WaitForDelay, options.MaxWaiting, options.TellReasons));
        Assert.Equal((null, null, false, UnknownTenant.None), (options.Tenants.Claim, options.Tenants.Header, options.Tenants.AllowAny, options.Tenants.Unknown));
        Assert.Empty(options.Tenants.Allowed);
        var endpoint = new InferenceEndpointOptions();
        Assert.Equal((null, null, null, true, true), (endpoint.Estimate, endpoint.EstimateOf, endpoint.Priority, endpoint.UsesTenant, endpoint.WaitsForDelay));
    }

    [Fact]
    public void SectionOfTheMeter_MayHoldOurs()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([new("GreenAI:AspNetCore:Requests:RefusalStatus", "503")]).Build();
        using ServiceProvider services = new ServiceCollection().AddLogging().AddGreenAIMetering(configuration.GetSection("GreenAI")).Services.BuildServiceProvider();
        Assert.NotNull(services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value);
    }

    private static Task<WebRig> StartAsync(params (string Key, string Value)[] settings)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"GreenAI:AspNetCore:{setting.Key}", (string?)setting.Value)))
            .Build();
        return WebRig.StartAsync(app => { }, services: (_, metering) => metering.AddAspNetCore(configuration.GetSection("GreenAI:AspNetCore")));
    }
}
