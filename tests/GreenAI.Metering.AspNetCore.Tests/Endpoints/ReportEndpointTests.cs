using System.Net;
using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class ReportEndpointTests
{
    private static readonly BudgetPolicy _policy = new()
    {
        Version = "1",
        Budgets = [new BudgetDefinition { Id = "month", Kind = BudgetKind.Energy, LimitMicrounits = 1e15, Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month } }],
    };

    [Fact]
    public async Task Report_ByDefault_IsJsonThatCanBeReadBack()
    {
        await using WebRig rig = await StartAsync();
        using HttpResponseMessage response = await rig.Client.GetAsync("/greenai/report", TestContext.Current.CancellationToken);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        AssertGuarded(response);
        EfficiencyReport report = EfficiencyReport.FromJson(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("digits", Assert.Single(report.Models).Name);
    }

    [Theory]
    [InlineData("?format=markdown", "text/markdown", "# ")]
    [InlineData("?format=csv", "text/csv", "model")]
    [InlineData("?format=csv&table=totals", "text/csv", "quantity")]
    public async Task Report_AsOtherFormats_HasTheirMediaType(string query, string mediaType, string contains)
    {
        await using WebRig rig = await StartAsync();
        using HttpResponseMessage response = await rig.Client.GetAsync("/greenai/report" + query, TestContext.Current.CancellationToken);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", response.Content.Headers.ContentType.CharSet);
        AssertGuarded(response);
        Assert.Contains(contains, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/greenai/report?format=xml", "json, markdown, csv")]
    [InlineData("/greenai/report?format=csv&table=secrets", "kpis, totals")]
    [InlineData("/greenai/report/board?format=csv", "json, markdown")]
    public async Task Report_UnknownWord_IsAProblemThatNamesTheKnown(string path, string known)
    {
        await using WebRig rig = await StartAsync(_policy);
        using HttpResponseMessage response = await rig.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(400, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Contains(known, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_GiantQuery_IsNotRepeatedToTheCaller()
    {
        await using WebRig rig = await StartAsync();
        using HttpResponseMessage response = await rig.Client.GetAsync($"/greenai/report?format={new string('x', 6000)}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.InRange(response.Content.Headers.ContentLength!.Value, 1, 300);
    }

    [Fact]
    public async Task Report_Head_HasTheHeadersAndNoBody()
    {
        await using WebRig rig = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/greenai/report");
        using HttpResponseMessage response = await rig.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 100);
        AssertGuarded(response);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Report_Stampede_SettlesTheBooksAFewTimesOnly()
    {
        var source = new CountingSource();
        await using WebRig rig = await StartAsync(sources: source);
        int before = source.Reads;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => rig.Client.GetByteArrayAsync("/greenai/report", TestContext.Current.CancellationToken)));
        // One a second, and the sampler's own at 10 s; three hundred would have read three hundred times.
        Assert.InRange(source.Reads - before, 1, 30);
    }

    [Fact]
    public async Task Board_WithAPolicy_IsItsReport()
    {
        await using WebRig rig = await StartAsync(_policy);
        using JsonDocument board = JsonDocument.Parse(await rig.Client.GetStringAsync("/greenai/report/board", TestContext.Current.CancellationToken));
        Assert.Equal("1", board.RootElement.GetProperty("policy").GetProperty("version").GetString());
        Assert.StartsWith("# ", await rig.Client.GetStringAsync("/greenai/report/board?format=markdown", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Board_WithoutAPolicy_IsNotFoundAndSaysWhy()
    {
        await using WebRig rig = await StartAsync();
        using HttpResponseMessage response = await rig.Client.GetAsync("/greenai/report/board", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("AddPolicyFile", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<WebRig> StartAsync(BudgetPolicy? policy = null, CountingSource? sources = null)
    {
        WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/predict", () => "7").WithInferenceMetering("digits");
                app.MapGreenAI();
            },
            policy: policy,
            options: sources is null ? null : new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromSeconds(10) },
            source: sources);
        await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken);
        return rig;
    }

    private static void AssertGuarded(HttpResponseMessage response)
    {
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }
}
