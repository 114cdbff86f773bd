using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

/// <summary>A gateway before a backend, both real servers on loopback.</summary>
internal sealed class GatewayRig : IAsyncDisposable
{
    private readonly LoopbackServer _backend;
    private readonly WebApplication _gateway;

    private GatewayRig(LoopbackServer backend, WebApplication gateway, bool isHttp2)
    {
        _backend = backend;
        _gateway = gateway;
        Client = new HttpClient
        {
            BaseAddress = new Uri(gateway.Urls.Single()),
            DefaultRequestVersion = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public HttpClient Client { get; }

    public static async Task<GatewayRig> StartAsync(RequestDelegate backend, bool isHttp2 = false)
    {
        LoopbackServer server = await LoopbackServer.StartAsync(backend, isHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1);
        WebApplication gateway = GatewayApp.Create(server.Address, "http://127.0.0.1:0", isHttp2);
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        return new GatewayRig(server, gateway, isHttp2);
    }

    /// <summary>Posts, with the headers given, and reads to the end: trailers are there only then.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Version = Client.DefaultRequestVersion, VersionPolicy = Client.DefaultVersionPolicy, Content = new StringContent("{}") };
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }
}
