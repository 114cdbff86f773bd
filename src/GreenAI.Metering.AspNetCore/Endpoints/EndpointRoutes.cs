using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>The routes beside the page, each with who answers it and what its callers share.</summary>
internal static class EndpointRoutes
{
    private static readonly TimeSpan _keep = TimeSpan.FromSeconds(1);

    /// <summary>Maps reports, signals for autoscaling, and health.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="map">Maps one pattern below the page's own.</param>
    /// <exception cref="InvalidOperationException">An option is out of its range.</exception>
    public static void Map(IServiceProvider services, Action<string, RequestDelegate> map)
    {
        EnergyMeter meter = services.GetRequiredService<EnergyMeter>();
        TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        AutoscalingOptions scaling = services.GetRequiredService<IOptions<GreenAIAspNetCoreOptions>>().Value.Endpoints.Autoscaling;
        if (AutoscalingOptionsRules.Check(scaling, "Endpoints:Autoscaling").FirstOrDefault() is { } failure) throw new InvalidOperationException(failure);
        var reports = new ReportEndpoint(meter, new ReportCache(meter, ServiceName(services), _keep, time));
        var signals = new SharedResult<AutoscalingSnapshot>(() => Task.FromResult(AutoscalingSnapshot.Of(meter, time)), _keep, time);
        map("/report", reports.HandleAsync);
        map("/report/board", reports.HandleBoardAsync);
        map("/autoscaling/{**model}", new AutoscalingEndpoint(meter, signals, scaling).HandleAsync);
        map("/health", HealthEndpoint.HandleAsync);
    }

    // What budgets call the service, else what the host does.
    private static string? ServiceName(IServiceProvider services) =>
        services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value.Budgets?.Service ?? services.GetService<IHostEnvironment>()?.ApplicationName;
}
