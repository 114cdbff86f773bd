using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>OpenTelemetry: metrics to scrape, and metrics and traces pushed by OTLP where the environment says to whom.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("inference-service"))
            .WithMetrics(metrics => metrics.AddMeter("GreenAI.Metering*").AddAspNetCoreInstrumentation().AddPrometheusExporter())
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation());
        if (!string.IsNullOrWhiteSpace(builder.Configuration[Endpoint])) telemetry.UseOtlpExporter();
    }
}
