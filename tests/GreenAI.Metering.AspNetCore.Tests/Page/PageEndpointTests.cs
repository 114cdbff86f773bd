using System.Net;
using System.Net.Http.Headers;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.AspNetCore.Tests.Page;

public sealed class PageEndpointTests
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static TheoryData<string> Everything => [.. PageAssets.All.Keys.Where(name => name != PageAssets.Index).Select(name => $"assets/{name}"), "", "live"];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Answer_OfAnyPart_IsStrictAboutWhatBrowsersMayDo(string path)
    {
        await using WebRig rig = await Start();
        using HttpResponseMessage response = await rig.Client.GetAsync($"/greenai/{path}", HttpCompletionOption.ResponseHeadersRead, Ended);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Policy, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Answer_OfAnyPart_IsRefusedToAStrangersName(string path)
    {
        await using WebRig rig = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/greenai/{path}");
        request.Headers.Host = "rebound.example";
        using HttpResponseMessage response = await rig.Client.SendAsync(request, Ended);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("", "text/html; charset=utf-8")]
    [InlineData("assets/app.js", "text/javascript; charset=utf-8")]
    [InlineData("assets/base.css", "text/css; charset=utf-8")]
    [InlineData("assets/icon.svg", "image/svg+xml")]
    public async Task Get_KnownAlready_IsNotSentAgain(string path, string type)
    {
        await using WebRig rig = await Start();
        using HttpResponseMessage first = await rig.Client.GetAsync($"/greenai/{path}", Ended);
        Assert.Equal(type, first.Content.Headers.ContentType?.ToString());
        Assert.True(first.Headers.CacheControl?.NoCache);
        EntityTagHeaderValue tag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/greenai/{path}");
        request.Headers.IfNoneMatch.Add(tag);
        using HttpResponseMessage second = await rig.Client.SendAsync(request, Ended);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Ended));
    }

    [Theory]
    [InlineData("")]
    [InlineData("assets/app.js")]
    public async Task Head_TellsTheLengthWithoutABody(string path)
    {
        await using WebRig rig = await Start();
        using HttpResponseMessage response = await rig.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/greenai/{path}"), Ended);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Ended));
    }

    [Theory]
    [InlineData("", "/greenai", "./greenai/")]
    [InlineData("", "/greenai?key=1", "./greenai/?key=1")]
    [InlineData("/app", "/app/greenai", "./greenai/")]
    public async Task Get_WithoutTheSlash_IsSentToItRelatively(string pathBase, string address, string location)
    {
        await using WebRig rig = await Start(pathBase);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = rig.Client.BaseAddress };
        using HttpResponseMessage response = await client.GetAsync(address, Ended);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Equal(location, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("?key=1&b=%20", "./greenai/?key=1&b=%20")]
    [InlineData("?key=\u0001", "./greenai/")]
    [InlineData("?key=\t1", "./greenai/")]
    [InlineData("?key=\u007F", "./greenai/")]
    [InlineData("?#top", "./greenai/?%23top")]
    public async Task Get_WithAQueryThatCannotBeSentBack_IsSentWithoutIt(string query, string location)
    {
        await using WebRig rig = await Start();
        string answer = await RawRequest.AskAsync(rig, $"GET /greenai{query} HTTP/1.1");
        Assert.StartsWith("HTTP/1.1 307 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: {location}\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assets/index.js")]
    [InlineData("assets/..%2fapp.js")]
    [InlineData("assets/APP.JS")]
    public async Task Get_NoFileOfThePage_Is404(string path)
    {
        await using WebRig rig = await Start();
        using HttpResponseMessage response = await rig.Client.GetAsync($"/greenai/{path}", Ended);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static Task<WebRig> Start(string pathBase = "") => WebRig.StartAsync(app =>
    {
        if (pathBase.Length > 0) app.UsePathBase(pathBase);
        app.UseRouting();
        app.MapGreenAI("/greenai");
    });
}
