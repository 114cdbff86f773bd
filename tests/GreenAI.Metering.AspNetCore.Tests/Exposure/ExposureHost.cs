using System.Net;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

/// <summary>A real server that speaks HTTP/1.1 at one address and HTTP/2 at another, whose meter has learned what the model draws.</summary>
internal sealed class ExposureHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
    private readonly string _http1;
    private readonly string _http2;

    private ExposureHost(WebApplication app)
    {
        _app = app;
        _http1 = app.Urls.First();
        _http2 = app.Urls.Last();
    }

    /// <summary>Where it speaks HTTP/2.</summary>
    public Uri Http2 => new(_http2);

    public static async Task<ExposureHost> StartAsync(Action<WebApplication> map, CarbonOptions? carbon = null, Action<WebApplication>? before = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(new EnergyMeter(
            new GreenAIMeteringOptions { Carbon = carbon ?? new CarbonOptions { GramsPerKilowattHour = 400, Source = "test", Pue = 1 } },
            new MeterEnvironment { Sources = [new SteadySource(TimeProvider.System)] }));
        builder.Services.AddGreenAIMetering();
        builder.Services.AddResponseCompression(options => options.MimeTypes = ["text/plain"]);
        builder.Services.AddControllers().AddApplicationPart(typeof(ExposureHost).Assembly);
        WebApplication app = builder.Build();
        before?.Invoke(app);
        app.UseInferenceMetering();
        app.MapGet("/warm", () => Work()).WithInferenceMetering("m");
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new ExposureHost(app);
        await host.WarmAsync();
        return host;
    }

    /// <summary>Some milliseconds of an inference.</summary>
    public static string Work()
    {
        long until = Environment.TickCount64 + 20;
        SpinWait.SpinUntil(() => Environment.TickCount64 >= until);
        return "7";
    }

    public async Task<HttpResponseMessage> GetAsync(string path, bool http2 = false, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, (http2 ? _http2 : _http1) + path)
        {
            Version = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        // Nobody is believed who says what a request has cost before it ran.
        request.Headers.TryAddWithoutValidation("Carbon-Emissions-Scope-2", "123456");
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    // A provisional figure is there once an interval has taught what the model draws.
    private async Task WarmAsync()
    {
        EnergyMeter meter = _app.Services.GetRequiredService<EnergyMeter>();
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await GetAsync("/warm");
            Assert.True(response.IsSuccessStatusCode);
            await meter.SettleAsync(TestContext.Current.CancellationToken);
        }
    }
}
