namespace GreenAI.Metering.Grid.Tests.Contract;

public class ElectricityMapsContractTests
{
    [Fact]
    public async Task GetAsync_DocumentedAnswer_FactorWithPedigree()
    {
        using GridHost host = new(_ => new LoopbackResponse(200, Bodies.ElectricityMaps), "electricity-maps");

        CarbonIntensityAnswer answer = await host.AskAsync();

        CarbonKind kind = new(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Lifecycle);
        Assert.Equal((CarbonGap.None, "electricity-maps", kind), (answer.Gap, host.Providers[0].Name, host.Providers[0].Kind));
        CarbonFactor factor = answer.Factors[0];
        Assert.Equal((302.0, kind), (factor.Intensity.GramsPerKilowattHour, factor.Kind));
        Assert.Equal(("Electricity Maps", "DE", Bodies.Now), (factor.Source, factor.Zone, factor.RetrievedAt));
        Assert.Equal((true, false), (factor.IsEstimated, factor.IsForecast));
        DateTimeOffset hour = new(2026, 11, 3, 10, 0, 0, TimeSpan.Zero);
        Assert.Equal((hour, hour.AddHours(1)), (factor.ValidFrom, factor.ValidTo));

        // And the same for the hour after, as nobody's observation.
        Assert.Equal(factor with { ValidFrom = hour.AddHours(1), ValidTo = hour.AddHours(2), IsForecast = true }, answer.Factors[1]);
        Assert.Equal(2, answer.Factors.Count);
    }

    [Fact]
    public async Task GetAsync_Request_IsWhatTheInterfaceDocuments()
    {
        using GridHost host = new(_ => new LoopbackResponse(200, Bodies.ElectricityMaps), "electricity-maps");

        await host.AskAsync();

        LoopbackRequest request = Assert.Single(host.Server.Requests);
        Assert.Equal(("GET", "/v3/carbon-intensity/latest"), (request.Method, request.Path));
        Assert.Equal("zone=DE&emissionFactorType=lifecycle&disableCallerLookup=true", request.Query);
        Assert.Equal((Secrets.Key, "application/json"), (request.Header("auth-token"), request.Header("Accept")));
        Assert.StartsWith("GreenAI.Metering/", request.Header("User-Agent"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A&zone=B", CarbonBoundary.Direct, ElectricityMapsGranularity.FiveMinutes, "zone=A%26zone%3DB&emissionFactorType=direct&disableCallerLookup=true&temporalGranularity=5_minutes")]
    [InlineData("é #/?", CarbonBoundary.Lifecycle, ElectricityMapsGranularity.FifteenMinutes, "zone=%C3%A9%20%23%2F%3F&emissionFactorType=lifecycle&disableCallerLookup=true&temporalGranularity=15_minutes")]
    public async Task GetAsync_AnyZone_IsEscapedAndTheCallerIsNeverLookedUp(
        string zone, CarbonBoundary boundary, ElectricityMapsGranularity granularity, string query)
    {
        List<Uri> asked = [];
        using HttpClient client = new(new StubHandler(request =>
        {
            asked.Add(request.RequestUri!);
            return StubHandler.Response(404, "");
        }));
        ElectricityMapsProvider provider = new(
            client,
            new ElectricityMapsOptions { ApiKey = Secrets.Key, Zone = zone, Boundary = boundary, Granularity = granularity, BaseAddress = new Uri("https://grid.example/below/") },
            new FixedClock(Bodies.Now));

        await provider.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal("https://grid.example/below/v3/carbon-intensity/latest?" + query, Assert.Single(asked).AbsoluteUri);
        Assert.Equal(boundary, provider.Kind.Boundary);
    }

    [Theory]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":302.75", CarbonGap.None)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":null", CarbonGap.NoData)]
    [InlineData("\"carbonIntensity\":302", "\"intensity\":302", CarbonGap.Malformed)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":\"302\"", CarbonGap.Malformed)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":\"NaN\"", CarbonGap.Malformed)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":NaN", CarbonGap.Malformed)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":-1", CarbonGap.Malformed)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":10000.1", CarbonGap.Malformed)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":1e999", CarbonGap.Malformed)]
    [InlineData("\"carbonIntensity\":302", "\"carbonIntensity\":{}", CarbonGap.Malformed)]
    [InlineData("\"zone\":\"DE\"", "\"zone\":\"FR\"", CarbonGap.Malformed)]
    [InlineData("\"zone\":\"DE\"", "\"zone\":\"\\ud800\"", CarbonGap.Malformed)]
    [InlineData("\"zone\":\"DE\",", "", CarbonGap.Malformed)]
    [InlineData("\"emissionFactorType\":\"lifecycle\"", "\"emissionFactorType\":\"direct\"", CarbonGap.Malformed)]
    [InlineData("\"emissionFactorType\":\"lifecycle\",", "", CarbonGap.None)]
    [InlineData("\"isEstimated\":true", "\"isEstimated\":\"yes\"", CarbonGap.Malformed)]
    [InlineData("T10:00:00.000Z", "T08:21:31Z", CarbonGap.None)]
    [InlineData("T10:00:00.000Z", "T08:21:30Z", CarbonGap.Stale)]
    [InlineData("2026-11-03T10:00:00.000Z", "0001-01-01T00:00:00Z", CarbonGap.Stale)]
    [InlineData("2026-11-03T10:00:00.000Z", "9999-12-31T23:59:59Z", CarbonGap.Malformed)]
    [InlineData("T10:00:00.000Z", "T10:26:30Z", CarbonGap.None)]
    [InlineData("T10:00:00.000Z", "T10:26:31Z", CarbonGap.Malformed)]
    [InlineData("T10:00:00.000Z", "T10:00:00", CarbonGap.None)]
    [InlineData("2026-11-03T10:00:00.000Z", "03/11/2026 10:00", CarbonGap.Malformed)]
    public async Task GetAsync_ChangedAnswer_GapOrFactorForNow(string old, string changed, CarbonGap gap)
    {
        Assert.Contains(old, Bodies.ElectricityMaps, StringComparison.Ordinal);
        string body = Bodies.ElectricityMaps.Replace(old, changed, StringComparison.Ordinal);
        using GridHost host = new(_ => new LoopbackResponse(200, body), "electricity-maps");

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal(gap, answer.Gap);
        Assert.Equal(gap == CarbonGap.None, answer.Factors.Any(factor => factor.IsValidAt(Bodies.Now)));
    }

    [Fact]
    public async Task GetAsync_WrongZone_SaysBoth()
    {
        using GridHost host = new(_ => new LoopbackResponse(200, Bodies.ElectricityMaps.Replace("\"DE\"", "\"FR\"", StringComparison.Ordinal)), "electricity-maps");

        Assert.Equal(
            "Electricity Maps gave an answer that cannot be understood: 'zone' is 'FR' where 'DE' was asked for.",
            (await host.AskAsync()).Reason);
    }
}
