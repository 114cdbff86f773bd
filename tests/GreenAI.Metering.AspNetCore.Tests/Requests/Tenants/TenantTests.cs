using System.Net;
using System.Security.Claims;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class TenantTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("acme", null, false, "acme")]
    [InlineData("Acme", null, false, "")]
    [InlineData("evil", null, false, "")]
    [InlineData(null, null, false, "")]
    [InlineData("acme", "globex", true, "globex")]
    [InlineData("acme", "globex", false, "acme")]
    [InlineData(null, "globex", true, "globex")]
    [InlineData("acme", "evil", true, "")]
    public async Task Tenant_IsTheClaimsOfAnAuthenticatedCaller_ElseTheHeaders_IfAllowed(string? header, string? claim, bool isAuthenticated, string expected)
    {
        await using WebRig rig = await StartAsync(
            tenants =>
            {
                tenants.Claim = "tid";
                tenants.Allowed = ["acme", "globex"];
            },
            new ClaimsPrincipal(new ClaimsIdentity(claim is null ? [] : [new Claim("tid", claim)], isAuthenticated ? "test" : null)));
        Assert.Equal(expected, await AskAsync(rig, header));
    }

    [Fact]
    public async Task Tenant_SentTwice_IsNone()
    {
        await using WebRig rig = await StartAsync(tenants => tenants.Allowed = ["acme"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Tenant", ["acme", "acme"]);
        Assert.Equal("", await (await rig.Client.SendAsync(request, Token)).Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task UnknownTenant_IsSharedOrRefused_AsTheHostSays()
    {
        await using WebRig shared = await StartAsync(tenants => (tenants.Allowed, tenants.Unknown) = (["acme"], UnknownTenant.Shared));
        Assert.Equal("(unknown)", await AskAsync(shared, "evil"));
        Assert.Equal("(unknown)", await AskAsync(shared, null));
        await using WebRig strict = await StartAsync(tenants => (tenants.Allowed, tenants.Unknown) = (["acme"], UnknownTenant.Refuse));
        Assert.Equal("acme", await AskAsync(strict, "acme"));
        using HttpResponseMessage refused = await strict.Client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("urn:greenai-metering:problem:unknown-tenant", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndpointWithoutTenants_HasNone()
    {
        await using WebRig rig = await StartAsync(tenants => (tenants.Allowed, tenants.Unknown) = (["acme"], UnknownTenant.Refuse));
        Assert.Equal("", await (await rig.Client.GetAsync("/public", Token)).Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("acme", true)]
    [InlineData("Größe 7", true)]
    [InlineData("日本", true)]
    [InlineData("😀", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("a\u0000b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u202Eb", false)]
    [InlineData("a\u2028b", false)]
    [InlineData("a\uE000", false)]
    [InlineData("(overflow)", false)]
    [InlineData("(unknown)", false)]
    public void Name_FromOutside_IsFitOnlyWhenItCanBeSeen(string name, bool isFit) => Assert.Equal(isFit, TenantName.IsFit(name));

    [Fact]
    public void Name_ThatIsLongOrBroken_IsNotFit()
    {
        Assert.True(TenantName.IsFit(new string('a', 128)));
        Assert.False(TenantName.IsFit(new string('a', 129)));
        Assert.False(TenantName.IsFit("a" + (char)0xD800));
        Assert.False(TenantName.IsFit((char)0xDC00 + "a"));
        Assert.False(TenantName.IsFit(null));
    }

    private static async Task<string> AskAsync(WebRig rig, string? tenant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (tenant is not null) request.Headers.Add("X-Tenant", tenant);
        using HttpResponseMessage response = await rig.Client.SendAsync(request, Token);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token);
    }

    private static Task<WebRig> StartAsync(Action<RequestTenantOptions> configure, ClaimsPrincipal? user = null) => WebRig.StartAsync(
        app =>
        {
            app.Use((context, next) =>
            {
                if (user is not null) context.User = user;
                return next(context);
            });
            app.UseInferenceMetering();
            app.MapGet("/", (HttpContext context) => context.GetInference()!.Tenant ?? "").WithInferenceMetering("m");
            app.MapGet("/public", (HttpContext context) => context.GetInference()!.Tenant ?? "").WithInferenceMetering("m", options => options.UsesTenant = false);
        },
        services: (_, metering) => metering.AddAspNetCore(options =>
        {
            options.Requests.Tenants.Header = "X-Tenant";
            configure(options.Requests.Tenants);
        }));
}
