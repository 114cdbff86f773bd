using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>A gateway by YARP: which paths go where, and of which model each of them is.</summary>
internal static class GatewayApp
{
    private const string Cluster = "inference-service";

    /// <param name="to">The service behind the gateway.</param>
    /// <param name="urls">Where the gateway listens.</param>
    /// <param name="isHttp2">Whether both sides speak HTTP/2 without TLS: trailers exist only there, and without TLS it is not agreed on by itself.</param>
    public static WebApplication Create(Uri to, string urls, bool isHttp2)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        if (isHttp2) builder.WebHost.ConfigureKestrel(server => server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<ModelCarbon>();
        builder.Services.AddReverseProxy().LoadFromMemory(Routes(), [Backend(to, isHttp2)]).AddTransforms<CarbonTransforms>();
        WebApplication app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

    private static ClusterConfig Backend(Uri to, bool isHttp2) => new()
    {
        ClusterId = Cluster,
        Destinations = new Dictionary<string, DestinationConfig> { ["0"] = new() { Address = to.AbsoluteUri } },
        HttpRequest = isHttp2 ? new ForwarderRequestConfig { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact } : null,
    };

    // Only what is meant for callers: the page of the meter and its metrics stay behind the gateway.
    private static RouteConfig[] Routes() =>
    [
        .. DigitModels.Names.Select(model => Route($"/predict/{model}", model)),
        Route("/predict", DigitModels.Standard),
        Route("/predict/stream", DigitModels.Standard),
        Route("/compare", null),
    ];

    private static RouteConfig Route(string path, string? model) => new()
    {
        RouteId = path,
        ClusterId = Cluster,
        Match = new RouteMatch { Path = path, Methods = [HttpMethods.Post] },
        Metadata = model is null ? null : new Dictionary<string, string> { [CarbonTransforms.ModelKey] = model },
    };
}
