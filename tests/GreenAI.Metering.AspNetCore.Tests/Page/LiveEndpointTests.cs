using System.Buffers;
using System.Net;
using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Page;

public sealed class LiveEndpointTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_SendsWhenToComeAgainThenHistoryThenSnapshots()
    {
        await using WebRig rig = await Start();
        using HttpResponseMessage response = await Open(rig);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ended));
        Assert.Equal("retry: 2000", await reader.ReadLineAsync(Ended));
        Assert.Equal("", await reader.ReadLineAsync(Ended));
        Assert.Equal("event: history", await reader.ReadLineAsync(Ended));
        using (JsonDocument history = await Data(reader)) Assert.Equal(JsonValueKind.Array, history.RootElement.GetProperty("watts").GetProperty("steady:0").ValueKind);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("event: snapshot", await reader.ReadLineAsync(Ended));
            using JsonDocument snapshot = await Data(reader);
            Assert.Equal(PageSnapshot.Version, snapshot.RootElement.GetProperty("version").GetInt32());
        }
    }

    [Fact]
    public async Task Head_AnswersWithoutABodyAndWithoutAViewer()
    {
        await using WebRig rig = await Start(viewers: 1);
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await rig.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/greenai/live"), Ended);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        }

        using HttpResponseMessage watched = await Open(rig);
        Assert.Equal(HttpStatusCode.OK, watched.StatusCode);
    }

    [Fact]
    public async Task Get_BeyondTheBound_Is503UntilAViewerLeaves()
    {
        await using WebRig rig = await Start(viewers: 1);
        HttpResponseMessage first = await Open(rig);
        using (HttpResponseMessage second = await Open(rig))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(10), second.Headers.RetryAfter?.Delta);
            Assert.Contains("Endpoints:MaxViewers", await second.Content.ReadAsStringAsync(Ended), StringComparison.Ordinal);
        }

        first.Dispose();
        // The server notices when it writes next.
        HttpStatusCode status;
        do
        {
            using HttpResponseMessage third = await Open(rig);
            status = third.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Stop_WithAViewer_EndsTheStreamAtOnce()
    {
        await using WebRig rig = await Start();
        using HttpResponseMessage response = await Open(rig);
        Task<string> all = response.Content.ReadAsStringAsync(Ended);
        using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await rig.App.StopAsync(longest.Token);
        Assert.False(longest.IsCancellationRequested, "Shutdown waited for the viewer.");
        Assert.StartsWith("retry: 2000", await all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_ThatTakesNothing_IsCutOffAndHoldsOneSnapshotAtTheMost()
    {
        var time = new FakeTimeProvider();
        using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment { TimeProvider = time, Sources = [new SteadySource(time)] });
        int made = 0;
        var feed = new LiveFeed(buffer => buffer.Write([(byte)++made]), time, 1, exception => throw exception);
        var endpoint = new LiveEndpoint(feed, new PageHistory(meter, time), time, CancellationToken.None);
        using var body = new StalledBody(taken: 1);
        var lifetime = new CutLifetime(body);
        DefaultHttpContext context = Context(body, lifetime);
        Task watching = endpoint.HandleAsync(context);
        await body.Stalled.WaitAsync(Ended);
        for (int i = 0; i < 29; i++) time.Advance(LiveFeed.Interval);
        Assert.Equal((30, 1, false), (made, body.Offered.Span[0], lifetime.IsCut));
        time.Advance(LiveFeed.Interval);
        await watching.WaitAsync(Ended);
        Assert.Equal((true, 0), (lifetime.IsCut, feed.Viewers));
    }

    private static DefaultHttpContext Context(StalledBody body, CutLifetime lifetime)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        return context;
    }

    private static Task<WebRig> Start(int viewers = 16) => WebRig.StartAsync(
        app => app.MapGreenAI("/greenai"),
        (_, metering) => metering.AddAspNetCore(options => options.Endpoints.MaxViewers = viewers));

    private static Task<HttpResponseMessage> Open(WebRig rig) => rig.Client.GetAsync("/greenai/live", HttpCompletionOption.ResponseHeadersRead, Ended);

    private static async Task<JsonDocument> Data(StreamReader reader)
    {
        string line = (await reader.ReadLineAsync(Ended))!;
        Assert.StartsWith("data: ", line, StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync(Ended));
        return JsonDocument.Parse(line["data: ".Length..]);
    }
}
