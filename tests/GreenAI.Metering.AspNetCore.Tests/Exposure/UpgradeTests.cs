using System.Net;
using System.Net.WebSockets;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

/// <summary>Requests that become WebSockets: what follows is no body, so that there are no chunks and no trailer.</summary>
public sealed class UpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CarbonExposure.None)]
    [InlineData(CarbonExposure.Trailer)]
    [InlineData(CarbonExposure.Header | CarbonExposure.ServerTiming)]
    public async Task WebSocket_OfAnExposingEndpoint_WorksAndIsAnInference(CarbonExposure exposure)
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseWebSockets();
            app.UseInferenceMetering();
            app.MapGet("/", EchoAsync).WithInferenceMetering("m").ExposeCarbon(exposure);
        });
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        await client.ConnectAsync(new UriBuilder(rig.Client.BaseAddress!) { Scheme = "ws" }.Uri, Token);
        Assert.DoesNotContain("Transfer-Encoding", client.HttpResponseHeaders!.Keys);
        Assert.DoesNotContain("Trailer", client.HttpResponseHeaders.Keys);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        byte[] buffer = new byte[100];
        WebSocketReceiveResult received = await client.ReceiveAsync(buffer, Token);
        Assert.Equal("hello"u8.ToArray(), buffer[..received.Count]);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal((1, 0, 0), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    [Fact]
    public async Task WebSocket_OverHttp2_HasNoTrailer()
    {
        // RFC 9113, section 8.5: on the stream of a CONNECT nothing but data may be sent.
        await using ExposureHost host = await ExposureHost.StartAsync(
            app => app.Map("/echo", EchoAsync).WithInferenceMetering("m").ExposeCarbon(CarbonExposure.Trailer), before: app => app.UseWebSockets());
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        client.Options.HttpVersion = HttpVersion.Version20;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        await client.ConnectAsync(new UriBuilder(host.Http2) { Scheme = "ws", Path = "/echo" }.Uri, invoker, Token);
        Assert.DoesNotContain("Trailer", client.HttpResponseHeaders!.Keys);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[100];
        while (await socket.ReceiveAsync(buffer, Token) is { MessageType: not WebSocketMessageType.Close } received)
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, Token);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
    }
}
