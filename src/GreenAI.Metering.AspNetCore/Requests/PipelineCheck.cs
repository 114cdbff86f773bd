using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Warns once the host has started when endpoints are marked as inferences and nothing meters them.</summary>
internal sealed class PipelineCheck(ILogger<PipelineCheck> logger, EndpointDataSource? endpoints = null) : IHostedLifecycleService
{
    /// <summary>Whether <c>UseInferenceMetering</c> is in the pipeline.</summary>
    public bool IsMetered { get; set; }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (IsMetered || endpoints is null) return Task.CompletedTask;
        foreach (Endpoint endpoint in endpoints.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<IInferenceMeteringMetadata>() is null) continue;
            Log.NotMetered(logger, endpoint.DisplayName ?? "an endpoint without a name");
            break;
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
