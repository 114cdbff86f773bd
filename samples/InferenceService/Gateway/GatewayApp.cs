using Yarp.ReverseProxy.Configuration;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>A gateway by YARP: which paths go where, and of which model each of them is.</summary>
internal static class GatewayApp
{
    private const string Cluster = "inference-service";

    public static WebApplication Create(Uri to, string urls)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        builder.Services.AddSingleton<ModelCarbon>();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(Routes(), [new ClusterConfig { ClusterId = Cluster, Destinations = new Dictionary<string, DestinationConfig> { ["0"] = new() { Address = to.AbsoluteUri } } }])
            .AddTransforms<CarbonTransforms>();
        WebApplication app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

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
