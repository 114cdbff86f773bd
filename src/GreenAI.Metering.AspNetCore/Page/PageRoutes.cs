using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>The routes of the page, each with who answers it.</summary>
internal static class PageRoutes
{
    /// <summary>Maps the page, its files and its stream.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="map">Maps one pattern below the page's own.</param>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public static void Map(IServiceProvider services, Action<string, RequestDelegate> map)
    {
        EnergyMeter meter = services.GetRequiredService<EnergyMeter>();
        TimeProvider timeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        int viewers = services.GetRequiredService<IOptions<GreenAIAspNetCoreOptions>>().Value.Endpoints.MaxViewers;
        ILogger logger = services.GetService<ILoggerFactory>()?.CreateLogger("GreenAI.Metering.AspNetCore") ?? NullLogger.Instance;
        var snapshot = new PageSnapshot(meter, timeProvider, services.GetService<IHostEnvironment>()?.ApplicationName);
        var feed = new LiveFeed(snapshot.WriteEvent, timeProvider, viewers, exception => Log.SnapshotFailed(logger, exception));
        CancellationToken stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var live = new LiveEndpoint(feed, new PageHistory(meter, timeProvider), timeProvider, stopping);
        map("", PageEndpoint.HandleAsync);
        map("/assets/{name}", PageEndpoint.HandleAssetAsync);
        map("/live", live.HandleAsync);
    }
}
