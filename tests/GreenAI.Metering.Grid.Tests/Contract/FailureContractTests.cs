using System.Globalization;

namespace GreenAI.Metering.Grid.Tests.Contract;

/// <summary>What every provider makes of a source that does not answer as it should.</summary>
public class FailureContractTests
{
    public static MatrixTheoryData<string, int> Statuses => new(ProviderCase.All.Keys, [204, 302, 400, 401, 403, 404, 418, 422, 429, 500, 503]);

    public static MatrixTheoryData<string, string> NotAnswers => new(
        ProviderCase.All.Keys,
        ["", " ", "<html><body>sign in</body></html>", "null", "{", "[1,2", "\"text\"", "{\"a\":1}x", "\uFEFF", "{\"\\ud800\":1}", new string('[', 100_000)]);

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task GetAsync_Status_IsARefusalWithItsGap(string name, int status)
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(status, """{"error":{"code":"x","message":"y"}}""")), name);

        CarbonIntensityAnswer answer = await host.AskAsync();

        CarbonGap expected = status switch
        {
            204 or 400 or 404 or 422 => CarbonGap.NoData,
            401 or 403 => CarbonGap.Unauthorized,
            429 => CarbonGap.RateLimited,
            _ => CarbonGap.Unreachable,
        };
        Assert.Equal(expected, answer.Gap);
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), answer.Reason, StringComparison.Ordinal);
        Assert.Null(answer.RetryAfter);
        // Only a fault of the source is worth asking again: once and three times more.
        Assert.Equal(status >= 500 ? 4 : 1, host.Server.Requests.Count(request => request.Path != "/login"));
    }

    [Theory]
    [MemberData(nameof(NotAnswers))]
    public async Task GetAsync_BodyThatIsNoAnswer_Malformed(string name, string body)
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, body)), name);

        Assert.Equal(CarbonGap.Malformed, (await host.AskAsync()).Gap);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_HtmlPage_IsCalledThat(string name)
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, "\r\n <!doctype html>")), name);

        Assert.EndsWith(
            "gave an answer that cannot be understood: it is an HTML or XML page and not JSON; is there a proxy or a sign-in page in between?.",
            (await host.AskAsync()).Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_BytesThatAreNotText_Malformed(string name)
    {
        byte[] body = [.. "{\"zone\":\""u8, 0xFF, 0xC0, .. "\",\"data\":\""u8, 0xFE, .. "\"}"u8];
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, body)), name);

        Assert.Equal(CarbonGap.Malformed, (await host.AskAsync()).Gap);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_ByteOrderMark_IsPassedOver(string name)
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, "\uFEFF" + ProviderCase.All[name].Body)), name);

        Assert.Equal(CarbonGap.None, (await host.AskAsync()).Gap);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_RateLimited_PassesOnWhenToComeBackAndDoesNotAskAgain(string name)
    {
        (string Header, TimeSpan? Expected)[] cases =
        [
            ("Retry-After: 120", TimeSpan.FromMinutes(2)),
            ("Retry-After: 0", TimeSpan.Zero),
            ("Retry-After: Tue, 03 Nov 2026 10:31:30 GMT", TimeSpan.FromMinutes(10)),
            ("Retry-After: Tue, 03 Nov 2020 10:31:30 GMT", TimeSpan.Zero),
            ("Retry-After: 2000000000", TimeSpan.FromDays(1)),
            ("Retry-After: 99999999999999999999", null),
            ("Retry-After: soon", null),
        ];
        foreach ((string header, TimeSpan? expected) in cases)
        {
            using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(429) { Headers = [header] }), name);
            CarbonIntensityAnswer answer = await host.AskAsync();
            Assert.Equal((CarbonGap.RateLimited, expected), (answer.Gap, answer.RetryAfter));
            Assert.Single(host.Server.Requests, request => request.Path != "/login");
        }
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_UnavailableUntil_PassesThatOnToo(string name)
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(503) { Headers = ["Retry-After: 3600"] }), name);

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal((CarbonGap.Unreachable, TimeSpan.FromHours(1)), (answer.Gap, answer.RetryAfter));
        Assert.Single(host.Server.Requests, request => request.Path != "/login");
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_FaultThatPasses_IsAskedAgain(string name)
    {
        int asked = 0;
        using GridHost host = new(
            GridHost.AfterLogin(_ => ++asked < 3 ? new LoopbackResponse(502) : new LoopbackResponse(200, ProviderCase.All[name].Body)), name);

        Assert.Equal((CarbonGap.None, 3), ((await host.AskAsync()).Gap, asked));
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_BodyLargerThanAMegabyte_IsNotRead(string name)
    {
        byte[] endless = [.. "[\""u8, .. Enumerable.Repeat((byte)'a', 1_000_000)];
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, endless) { Length = null }), name);
        using GridHost honest = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, endless)), name);

        Assert.EndsWith("it is larger than 1 MB.", (await host.AskAsync()).Reason, StringComparison.Ordinal);
        Assert.EndsWith("it is larger than 1 MB.", (await honest.AskAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_ConnectionEndsInTheBody_Unreachable(string name)
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, ProviderCase.All[name].Body[..20]) { Length = 500 }), name);

        Assert.Equal(CarbonGap.Unreachable, (await host.AskAsync()).Gap);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_NobodyListens_UnreachableWithTheReason(string name)
    {
        using GridHost host = new(_ => new LoopbackResponse(200), name);
        host.Server.Dispose();

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal(CarbonGap.Unreachable, answer.Gap);
        Assert.Contains("could not be reached (HttpRequestException, ConnectionError, ConnectionRefused)", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_Redirection_IsNotFollowed(string name)
    {
        using LoopbackServer elsewhere = new(_ => new LoopbackResponse(200, ProviderCase.All[name].Body));
        using GridHost host = new(
            GridHost.AfterLogin(_ => new LoopbackResponse(307) { Headers = [$"Location: {elsewhere.Address}"] }), name);

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.EndsWith("answered with a redirection (status 307), which is not followed; check BaseAddress.", answer.Reason, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }
}
