using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>Puts the budgets behind the limiter that the host has for all requests, and answers what they refuse.</summary>
internal sealed class RequestLimiting(IServiceProvider services) : IPostConfigureOptions<RateLimiterOptions>
{
    public void PostConfigure(string? name, RateLimiterOptions options)
    {
        var metering = RequestMetering.From(services);
        var ours = new InferenceRequestLimiter(metering);
        // The host's own first: a request that it refuses reserves nothing.
        options.GlobalLimiter = options.GlobalLimiter is { } before ? PartitionedRateLimiter.CreateChained(before, ours) : ours;
        Func<OnRejectedContext, CancellationToken, ValueTask>? others = options.OnRejected;
        options.OnRejected = (rejected, cancellationToken) => rejected.Lease.TryGetMetadata(InferenceLease.AdmissionMetadata, out Admission admission) && !admission.MayRun
            ? new ValueTask(Refusal.WriteAsync(rejected.HttpContext, admission, metering.Options))
            : others?.Invoke(rejected, cancellationToken) ?? default;
    }
}
