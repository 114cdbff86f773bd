namespace GreenAI.Metering.Grid.Tests.Contract;

public class UkCarbonIntensityContractTests
{
    private static readonly DateTimeOffset _ten = new(2026, 11, 3, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task GetAsync_Request_IsARangeThatCoversNow()
    {
        using GridHost host = new(_ => new LoopbackResponse(200, Bodies.Uk), "uk-carbon-intensity");

        await host.AskAsync();

        LoopbackRequest request = Assert.Single(host.Server.Requests);
        Assert.Equal(("GET", "/intensity/2026-11-03T09:30Z/fw24h"), (request.Method, request.Target));
    }

    [Fact]
    public async Task GetAsync_Region_IsAskedByOutwardPostcode()
    {
        using GridHost host = new(_ => new LoopbackResponse(200, Bodies.UkRegion), "uk-carbon-intensity (region)");

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal("/regional/intensity/2026-11-03T09:30Z/fw24h/postcode/RG10", Assert.Single(host.Server.Requests).Target);
        Assert.Equal(["GB-RG10"], answer.Factors.Select(factor => factor.Zone).Distinct());
        Assert.All(answer.Factors, factor => Assert.True(factor.IsForecast));
        Assert.Equal(51, answer.Factors.Single(factor => factor.IsValidAt(Bodies.Now)).Intensity.GramsPerKilowattHour);
    }

    // The two addresses for regions answer alike, but for a list around the one region.
    [Fact]
    public async Task GetAsync_RegionWithoutAList_IsReadTheSame()
    {
        string body = Bodies.UkRegion.Replace("{\"data\":[{\"regionid\"", "{\"data\":{\"regionid\"", StringComparison.Ordinal).Replace("}]}]}", "}]}}", StringComparison.Ordinal);
        using GridHost list = new(_ => new LoopbackResponse(200, Bodies.UkRegion), "uk-carbon-intensity (region)");
        using GridHost bare = new(_ => new LoopbackResponse(200, body), "uk-carbon-intensity (region)");

        Assert.Equal((await list.AskAsync()).Factors, (await bare.AskAsync()).Factors);
    }

    // Peer row L10.
    [Theory]
    [InlineData("\"actual\":null,")]
    [InlineData("")]
    public async Task L10_GetAsync_ActualMissing_ForecastIsUsedAndFlagged(string actual)
    {
        string body = Bodies.Uk.Replace("\"actual\":null,", actual, StringComparison.Ordinal);
        using GridHost host = new(_ => new LoopbackResponse(200, body), "uk-carbon-intensity");

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal(
            [(-60, -30, 263, false), (-30, 0, 258, false), (0, 30, 250, true), (30, 60, 240, true), (60, 90, 240, true)],
            answer.Factors.Select(factor => (
                (int)(factor.ValidFrom - _ten).TotalMinutes,
                (int)(factor.ValidTo - _ten).TotalMinutes,
                (int)factor.Intensity.GramsPerKilowattHour,
                factor.IsForecast)));
        Assert.Equal(new CarbonKind(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Direct), answer.Factors[0].Kind);
        Assert.Equal(("CC BY 4.0", "NESO Carbon Intensity API", "GB"), (answer.Factors[0].Licence, answer.Factors[0].Source, answer.Factors[0].Zone));
    }

    [Fact]
    public async Task GetAsync_RowsUnorderedAndDouble_ObservedOnesCountAndNoneOverlap()
    {
        const string body =
            """
            {"data":[
             {"from":"2026-11-03T10:00Z","to":"2026-11-03T10:30Z","intensity":{"forecast":250}},
             {"from":"2026-11-03T09:30Z","to":"2026-11-03T10:30Z","intensity":{"forecast":1,"actual":258}},
             {"from":"2026-11-03T10:00Z","to":"2026-11-03T10:30Z","intensity":{"forecast":250,"actual":251}},
             {"from":"2026-11-03T10:00Z","to":"2026-11-03T10:30Z","intensity":{"forecast":252}}]}
            """;
        using GridHost host = new(_ => new LoopbackResponse(200, body), "uk-carbon-intensity");

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal([258, 251, 251], answer.Factors.Select(factor => (int)factor.Intensity.GramsPerKilowattHour));
        Assert.Equal([false, false, true], answer.Factors.Select(factor => factor.IsForecast));
        Assert.Equal(_ten, answer.Factors[0].ValidTo);
    }

    [Theory]
    [InlineData("uk-carbon-intensity", "{\"data\":[]}", CarbonGap.NoData)]
    [InlineData("uk-carbon-intensity", "{\"data\":null}", CarbonGap.Malformed)]
    [InlineData("uk-carbon-intensity", "{\"error\":{\"code\":\"400 Bad Request\",\"message\":\"Please enter a valid start datetime\"}}", CarbonGap.Malformed)]
    [InlineData("uk-carbon-intensity", "{\"data\":[{\"from\":\"2026-11-03T10:00Z\",\"to\":\"2026-11-03T10:30Z\",\"intensity\":{\"forecast\":null,\"actual\":null}}]}", CarbonGap.NoData)]
    [InlineData("uk-carbon-intensity", "{\"data\":[{\"from\":\"2026-11-03T10:30Z\",\"to\":\"2026-11-03T10:00Z\",\"intensity\":{\"forecast\":1}}]}", CarbonGap.Malformed)]
    [InlineData("uk-carbon-intensity", "{\"data\":[{\"from\":\"2018-11-03T10:30Z\",\"to\":\"2026-11-03T11:00Z\",\"intensity\":{\"forecast\":1}}]}", CarbonGap.Malformed)]
    [InlineData("uk-carbon-intensity", "{\"data\":[{\"from\":\"2018-01-20T12:00Z\",\"to\":\"2018-01-20T12:30Z\",\"intensity\":{\"forecast\":1}}]}", CarbonGap.Stale)]
    [InlineData("uk-carbon-intensity (region)", "{\"data\":[]}", CarbonGap.Malformed)]
    [InlineData("uk-carbon-intensity (region)", "{\"data\":{\"postcode\":\"SW1A\",\"data\":[]}}", CarbonGap.Malformed)]
    [InlineData("uk-carbon-intensity (region)", "{\"data\":{\"postcode\":\"RG10\",\"data\":[]}}", CarbonGap.NoData)]
    public async Task GetAsync_OtherAnswers_Gap(string name, string body, CarbonGap gap)
    {
        using GridHost host = new(_ => new LoopbackResponse(200, body), name);

        Assert.Equal(gap, (await host.AskAsync()).Gap);
    }

    [Fact]
    public async Task GetAsync_MoreRowsThanAnybodyAskedFor_Malformed()
    {
        string row = "{\"from\":\"2026-11-03T10:00Z\",\"to\":\"2026-11-03T10:30Z\",\"intensity\":{\"forecast\":1}}";
        using GridHost host = new(_ => new LoopbackResponse(200, $"{{\"data\":[{string.Join(',', Enumerable.Repeat(row, 1025))}]}}"), "uk-carbon-intensity");

        CarbonIntensityAnswer answer = await host.AskAsync();

        Assert.Equal((CarbonGap.Malformed, "NESO Carbon Intensity API gave an answer that cannot be understood: it has 1025 rows, more than 1024."), (answer.Gap, answer.Reason));
    }
}
