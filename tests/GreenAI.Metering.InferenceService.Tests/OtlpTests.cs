using System.Collections.Concurrent;
using System.Text;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

public sealed class OtlpTests
{
    [Fact]
    public async Task Demo_EndpointInTheEnvironment_PushesMetricsAndTracesAndExitsWithZero()
    {
        ConcurrentDictionary<string, string> received = new(StringComparer.Ordinal);
        await using LoopbackServer receiver = await LoopbackServer.StartAsync(async context =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body);

            // Names are plain text in the protocol buffers: enough to see what was sent.
            string text = Encoding.Latin1.GetString(body.ToArray());
            received.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
            context.Response.ContentType = "application/x-protobuf";
        });
        await using SampleProcess sample = new(
            ["--demo", "--seconds", "2", "--urls", "http://127.0.0.1:0"],
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address.AbsoluteUri),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("OTEL_BSP_SCHEDULE_DELAY", "500"));

        int exitCode = await sample.WaitForExitAsync();

        Assert.True(exitCode == 0, sample.Output);
        Assert.Contains("greenai.kpi.carbon_per_inference", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("greenai.budget.energy.spent", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("POST /predict", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("greenai.energy_j", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("inference-service", received["/v1/traces"], StringComparison.Ordinal);
    }
}
