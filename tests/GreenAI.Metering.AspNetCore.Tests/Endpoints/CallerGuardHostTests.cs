using System.Net;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

/// <summary>Who gets in where the host's own pipeline stands before the endpoints.</summary>
public sealed class CallerGuardHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Authorization_ThatNobodyDecided_OpensNothing()
    {
        // The server looks for the middleware only where there are attributes, and not at all where the host says so.
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.MapGreenAI("/policy").WithMetadata(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
                app.MapGreenAI("/attribute").WithMetadata(new AuthorizeAttribute());
            },
            (services, _) => services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(rig, "/policy/health", "service.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(rig, "/attribute/health", "service.example"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(rig, "/policy/health", "localhost"));
    }

    [Fact]
    public async Task Authorization_ThatWasGiven_OpensToCallersFromElsewhere()
    {
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseAuthorization();
                app.MapGreenAI("/open").RequireAuthorization(policy => policy.RequireAssertion(_ => true));
                app.MapGroup("/group").RequireAuthorization(policy => policy.RequireAssertion(_ => true)).MapGreenAI("/open");
            },
            (services, _) => services.AddAuthorization());
        Assert.Equal(HttpStatusCode.OK, await AskAsync(rig, "/open/health", "service.example"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(rig, "/group/open/health", "service.example"));
    }

    [Theory]
    [InlineData("https://stranger.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:3000", HttpStatusCode.OK)]
    public async Task Page_OfAStranger_CannotReadThroughTheBrowserOfALocalUser(string origin, HttpStatusCode status)
    {
        // A service that lets any page call it.
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseCors(policy => policy.AllowAnyOrigin());
                app.MapGreenAI();
            },
            (services, _) => services.AddCors());
        Assert.Equal(status, await AskAsync(rig, "/greenai/health", "localhost", request => request.Headers.Add("Origin", origin)));
    }

    [Fact]
    public async Task Proxy_OfThisMachineByHttp10_IsNoLocalCaller()
    {
        // As nginx does unless it is told otherwise: HTTP/1.0, the name of this machine, and no header that tells of the caller.
        await using WebRig rig = await WebRig.StartAsync(app => app.MapGreenAI());
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(rig, "/greenai/health", "localhost", request => request.Version = HttpVersion.Version10));
    }

    private static async Task<HttpStatusCode> AskAsync(WebRig rig, string path, string host, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        change?.Invoke(request);
        using HttpResponseMessage response = await rig.Client.SendAsync(request, Token);
        return response.StatusCode;
    }
}
