using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class CallerGuardTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:5000", null, true)]
    [InlineData("::1", "[::1]:5000", null, true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", null, true)]
    [InlineData("127.0.0.1", "app.localhost", null, true)]
    [InlineData("10.0.0.7", "localhost", null, false)]
    [InlineData("127.0.0.1", "rebound.example", null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-Proto", false)]
    [InlineData("127.0.0.1", "localhost", "x-original-host", false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-By-Nobody-I-Know", false)]
    [InlineData(null, "localhost", null, false)]
    public async Task Invoke_ByDefault_AnswersLocalCallersOnly(string? address, string host, string? header, bool passes) =>
        Assert.Equal(passes, await Passes(address, host, header, allowRemote: false));

    [Fact]
    public async Task Invoke_AllowRemote_AnswersAnybody() => Assert.True(await Passes("10.0.0.7", "service", "X-Forwarded-For", allowRemote: true));

    [Fact]
    public async Task Invoke_AuthorizationIsAsked_LeavesItToAuthorization() =>
        Assert.True(await Passes("10.0.0.7", "service", null, allowRemote: false, new AuthorizeAttribute()));

    [Fact]
    public async Task Invoke_AuthorizationIsLifted_AnswersLocalCallersOnly() =>
        Assert.False(await Passes("10.0.0.7", "service", null, allowRemote: false, new AuthorizeAttribute(), new AllowAnonymousAttribute()));

    private static async Task<bool> Passes(string? address, string host, string? header, bool allowRemote, params object[] metadata)
    {
        await using ServiceProvider services = new ServiceCollection()
            .Configure<GreenAIAspNetCoreOptions>(options => options.Endpoints.AllowRemote = allowRemote)
            .BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        if (header is not null) context.Request.Headers[header] = "x";
        // As the authorization middleware leaves it.
        if (metadata.Length > 0) context.Items["__AuthorizationMiddlewareWithEndpointInvoked"] = new object();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), null));
        bool called = false;
        await CallerGuard.InvokeAsync(context, _ =>
        {
            called = true;
            return Task.CompletedTask;
        });
        Assert.Equal(called ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden, context.Response.StatusCode);
        return called;
    }
}
