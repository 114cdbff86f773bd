using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Grid.Tests.Contract;

public class WattTimeContractTests
{
    [Fact]
    public async Task GetAsync_DocumentedAnswer_PoundsBecomeGramsAndAreMarginal()
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, Bodies.WattTime)), "watttime");

        CarbonIntensityAnswer answer = await host.AskAsync();

        CarbonFactor factor = answer.Factors[0];
        Assert.Equal(383.33, factor.Intensity.GramsPerKilowattHour, 0.005);
        Assert.Equal(new CarbonKind(CarbonSignal.Marginal, CarbonBasis.Location, CarbonBoundary.Direct), factor.Kind);
        Assert.Equal(("WattTime", "CAISO_NORTH", true), (factor.Source, factor.Zone, factor.IsForecast));
        DateTimeOffset from = new(2026, 11, 3, 10, 20, 0, TimeSpan.Zero);
        Assert.Equal((from, from.AddMinutes(5)), (factor.ValidFrom, factor.ValidTo));
    }

    [Fact]
    public async Task GetAsync_Requests_LogInByBasicAndAskByToken()
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, Bodies.WattTime)), "watttime");

        await host.AskAsync();
        await host.AskAsync();

        Assert.Equal(["/login", "/v3/forecast", "/v3/forecast"], host.Server.Requests.Select(request => request.Path));
        Assert.Equal(
            [$"Basic {Secrets.Basic}", $"Bearer {Secrets.Token}", $"Bearer {Secrets.Token}"],
            host.Server.Requests.Select(request => request.Header("Authorization")));
        Assert.Equal("region=CAISO_NORTH&signal_type=co2_moer", host.Server.Requests[1].Query);
    }

    [Fact]
    public async Task GetAsync_TokenRefusedEarly_IsRenewedOnce()
    {
        int logins = 0;
        int uses = 0;
        using GridHost host = new(
            request =>
            {
                if (request.Path == "/login") return new LoopbackResponse(200, $$"""{"token":"token-{{++logins}}"}""");
                // The first token is good once.
                return request.Header("Authorization") == "Bearer token-1" && ++uses > 1 ? new LoopbackResponse(401) : new LoopbackResponse(200, Bodies.WattTime);
            },
            "watttime");

        await host.AskAsync();
        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal((CarbonGap.None, 2), (answer.Gap, logins));
        Assert.Equal(["/login", "/v3/forecast", "/v3/forecast", "/login", "/v3/forecast"], host.Server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task GetAsync_FreshTokenRefused_UnauthorizedWithoutALoop()
    {
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(401)), "watttime");

        Assert.Equal(CarbonGap.Unauthorized, (await host.AskAsync()).Gap);
        Assert.Equal(CarbonGap.Unauthorized, (await host.AskAsync()).Gap);
        Assert.Equal(["/login", "/v3/forecast", "/login", "/v3/forecast"], host.Server.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData(401, "", CarbonGap.Unauthorized)]
    [InlineData(403, "", CarbonGap.Unauthorized)]
    [InlineData(429, "", CarbonGap.RateLimited)]
    [InlineData(500, "", CarbonGap.Unreachable)]
    [InlineData(200, "{}", CarbonGap.Malformed)]
    [InlineData(200, "{\"token\":null}", CarbonGap.Malformed)]
    [InlineData(200, "{\"token\":\"\"}", CarbonGap.Malformed)]
    [InlineData(200, "{\"token\":\"a\\r\\nX-Injected: 1\"}", CarbonGap.Malformed)]
    [InlineData(200, "<html>sign in</html>", CarbonGap.Malformed)]
    public async Task GetAsync_LoginFails_NothingElseIsAsked(int status, string body, CarbonGap gap)
    {
        using GridHost host = new(_ => new LoopbackResponse(status, body), "watttime");

        Assert.Equal(gap, (await host.AskAsync()).Gap);
        Assert.All(host.Server.Requests, request => Assert.Equal("/login", request.Path));
    }

    [Fact]
    public async Task GetAsync_TokenIsKeptFor25Minutes()
    {
        int logins = 0;
        FakeTimeProvider clock = new(Bodies.Now);
        ICarbonIntensityProvider provider = ProviderCase.All["watttime"].Over(
            new StubHandler(request =>
            {
                if (request.RequestUri!.AbsolutePath != "/login") return StubHandler.Response(200, Bodies.WattTime);
                logins++;
                return StubHandler.Response(200, Bodies.WattTimeLogin);
            }),
            clock);

        await provider.GetAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(25) - TimeSpan.FromTicks(1));
        await provider.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, logins);
        clock.Advance(TimeSpan.FromTicks(1));
        await provider.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, logins);
    }

    [Theory]
    [InlineData("lbs_co2_per_mwh", "g_co2_per_kwh", CarbonGap.Malformed)]
    [InlineData("\"units\":\"lbs_co2_per_mwh\",", "", CarbonGap.Malformed)]
    [InlineData("co2_moer", "co2_aoer", CarbonGap.Malformed)]
    [InlineData("CAISO_NORTH", "PJM", CarbonGap.Malformed)]
    [InlineData("845.1", "-0.1", CarbonGap.Malformed)]
    [InlineData("845.1", "22047", CarbonGap.Malformed)]
    [InlineData("845.1", "\"845.1\"", CarbonGap.Malformed)]
    [InlineData("845.1", "null", CarbonGap.None)]
    [InlineData("seconds\":300,", "seconds\":0,", CarbonGap.Malformed)]
    [InlineData("seconds\":300,", "seconds\":86401,", CarbonGap.Malformed)]
    [InlineData("seconds\":300,", "seconds\":\"300\",", CarbonGap.Malformed)]
    [InlineData("2026-11-03T10:20:00Z\",\"value\"", "2026-11-03T10:20\",\"value\"", CarbonGap.None)]
    [InlineData("2026-11-03T10:20:00Z\",\"value\"", "9999-12-31T23:59:59Z\",\"value\"", CarbonGap.Malformed)]
    [InlineData("2026-11-03T10:2", "2026-11-02T10:2", CarbonGap.Stale)]
    public async Task GetAsync_ChangedAnswer_Gap(string old, string changed, CarbonGap gap)
    {
        Assert.Contains(old, Bodies.WattTime, StringComparison.Ordinal);
        string body = Bodies.WattTime.Replace(old, changed, StringComparison.Ordinal);
        using GridHost host = new(GridHost.AfterLogin(_ => new LoopbackResponse(200, body)), "watttime");

        Assert.Equal(gap, (await host.AskAsync()).Gap);
    }

    [Fact]
    public async Task GetAsync_AverageSignal_IsAskedAsAoer()
    {
        List<string> asked = [];
        using HttpClient client = new(new StubHandler(request =>
        {
            asked.Add(request.RequestUri!.PathAndQuery);
            return StubHandler.Response(200, asked.Count == 1 ? Bodies.WattTimeLogin : Bodies.WattTime.Replace("co2_moer", "co2_aoer", StringComparison.Ordinal));
        }));
        WattTimeOptions options = new();
        ProviderCase.Set(options, new Uri("https://grid.example"));
        options.Signal = CarbonSignal.Average;
        WattTimeProvider provider = new(client, options, new FixedClock(Bodies.Now));

        CarbonIntensityAnswer answer = await provider.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["/login", "/v3/forecast?region=CAISO_NORTH&signal_type=co2_aoer"], asked);
        Assert.Equal((CarbonSignal.Average, CarbonSignal.Average), (provider.Kind.Signal, answer.Factors[0].Kind.Signal));
    }
}
