using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>A host under load that states all that an instrument can ask for, scraped at /metrics as any service with OpenTelemetry is.</summary>
internal sealed class MeteredService : IAsyncDisposable
{
    private readonly WebApplication _host;

    private MeteredService(WebApplication host) => _host = host;

    public Uri Address => new(_host.Urls.First());

    public static async Task<MeteredService> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<LoadGauge>().AddHostedService<ServiceLoad>();
        builder.Services.AddGreenAIMetering(static options =>
        {
            options.Carbon = Carbon();
            options.Kpis = new KpiOptions { Windows = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)] };
        }).AddSource<LoadedSource>().AddPolicy(ServicePolicy.Policy);
        builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics.AddMeter(InstrumentNames.Meter).AddPrometheusExporter());
        WebApplication host = builder.Build();
        host.MapPrometheusScrapingEndpoint();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new MeteredService(host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static CarbonOptions Carbon() => new()
    {
        GramsPerKilowattHour = 400,
        Source = "the tests",
        Pue = 1.2,
        Embodied = { ["server"] = new EmbodiedOptions { KilogramsCO2e = 1000, LifespanYears = 4 } },
    };
}
