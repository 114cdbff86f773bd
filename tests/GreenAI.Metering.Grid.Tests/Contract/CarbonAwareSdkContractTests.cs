namespace GreenAI.Metering.Grid.Tests.Contract;

public class CarbonAwareSdkContractTests
{
    [Fact]
    public async Task GetAsync_DocumentedAnswer_NewestLastAndOfTheDeclaredKind()
    {
        using GridHost host = new(_ => new LoopbackResponse(200, Bodies.CarbonAwareSdk), "carbon-aware-sdk");

        CarbonIntensityAnswer answer = await host.AskAsync();

        CarbonFactor factor = answer.Factors.Single(factor => factor.IsValidAt(Bodies.Now));
        Assert.Equal((439.07741416000005, false), (factor.Intensity.GramsPerKilowattHour, factor.IsForecast));
        Assert.Equal(new CarbonKind(CarbonSignal.Marginal, CarbonBasis.Location, CarbonBoundary.Direct), factor.Kind);
        Assert.Equal(("Carbon Aware SDK, 'CAISO_NORTH'", "westus"), (factor.Source, factor.Zone));
        Assert.Equal(answer.Factors.Select(one => one.ValidFrom).Order(), answer.Factors.Select(one => one.ValidFrom));
    }

    [Fact]
    public async Task GetAsync_Request_IsWhatTheWebApiTakes()
    {
        using GridHost host = new(_ => new LoopbackResponse(200, Bodies.CarbonAwareSdk), "carbon-aware-sdk");

        await host.AskAsync();

        LoopbackRequest request = Assert.Single(host.Server.Requests);
        Assert.Equal(
            ("GET", "/emissions/bylocation", "location=westus&time=2026-11-03T08%3A21%3A30Z&toTime=2026-11-03T10%3A21%3A30Z"),
            (request.Method, request.Path, request.Query));
        Assert.Null(request.Header("Authorization"));
    }

    [Theory]
    [InlineData("[]", CarbonGap.NoData)]
    [InlineData("{}", CarbonGap.Malformed)]
    [InlineData("null", CarbonGap.Malformed)]
    [InlineData("[null]", CarbonGap.Malformed)]
    [InlineData("""[{"location":"A","time":"2026-11-03T10:20:00Z","rating":null,"duration":"00:05:00"}]""", CarbonGap.NoData)]
    [InlineData("""[{"location":"A","time":"2026-11-03T10:20:00Z","rating":1,"duration":"00:05:00"},{"location":"B","time":"2026-11-03T10:20:00Z","rating":1,"duration":"00:05:00"}]""", CarbonGap.Malformed)]
    [InlineData("""[{"location":"A","time":"2026-11-03T10:20:00Z","rating":1,"duration":"00:00:00"}]""", CarbonGap.None)]
    [InlineData("""[{"location":"A","time":"2026-11-03T10:20:00Z","rating":1,"duration":"-00:05:00"}]""", CarbonGap.Malformed)]
    [InlineData("""[{"location":"A","time":"2026-11-03T10:20:00Z","rating":1,"duration":"10675199.02:48:05.4775807"}]""", CarbonGap.Malformed)]
    [InlineData("""[{"location":"A","time":"2026-11-03T10:20:00Z","rating":1,"duration":5}]""", CarbonGap.Malformed)]
    [InlineData("""[{"location":"A","time":"2026-11-03T10:20:00Z","rating":true,"duration":"00:05:00"}]""", CarbonGap.Malformed)]
    [InlineData("""[{"location":"A","time":"2026-11-03T08:21:30Z","rating":1,"duration":"00:05:00"}]""", CarbonGap.Stale)]
    public async Task GetAsync_OtherAnswers_Gap(string body, CarbonGap gap)
    {
        using GridHost host = new(_ => new LoopbackResponse(200, body), "carbon-aware-sdk");

        Assert.Equal(gap, (await host.AskAsync()).Gap);
    }

    // The figure's own time is unknown: that it still holds is a guess from its first moment on.
    [Fact]
    public async Task GetAsync_NoDuration_StandsInAsAForecast()
    {
        using GridHost host = new(
            _ => new LoopbackResponse(200, """[{"location":"A","time":"2026-11-03T10:20:00Z","rating":7,"duration":"00:00:00"}]"""), "carbon-aware-sdk");

        CarbonFactor factor = Assert.Single((await host.AskAsync()).Factors);

        Assert.Equal((true, TimeSpan.FromHours(2)), (factor.IsForecast, factor.ValidTo - factor.ValidFrom));
    }
}
