using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>What the requests of one application share.</summary>
internal sealed class RequestMetering
{
    private RequestMetering(EnergyMeter meter, InferenceMeteringOptions options, RequestFinals? finals, TimeProvider timeProvider, ActivitySource? spans, bool isLimited)
    {
        Meter = meter;
        Options = options;
        Finals = finals;
        TimeProvider = timeProvider;
        Spans = spans;
        IsLimited = isLimited;
        Plans = new EndpointPlans(meter);
        Tenants = RequestTenants.From(options.Tenants, meter);
    }

    public EnergyMeter Meter { get; }

    public InferenceMeteringOptions Options { get; }

    /// <summary>Tells observers; null: there is none.</summary>
    public RequestFinals? Finals { get; }

    public TimeProvider TimeProvider { get; }

    /// <summary>Of which the host makes the spans of requests; null: it does not say.</summary>
    public ActivitySource? Spans { get; }

    /// <summary>Whether a rate limiter may have asked for the request already.</summary>
    public bool IsLimited { get; }

    public EndpointPlans Plans { get; }

    /// <summary>Finds tenants; null: requests have none.</summary>
    public RequestTenants? Tenants { get; }

    /// <summary>Whether a policy has to be asked.</summary>
    public bool HasPolicy => Meter.Gate is not null;

    public static RequestMetering From(IServiceProvider services) => new(
        services.GetRequiredService<EnergyMeter>(),
        services.GetService<IOptions<GreenAIAspNetCoreOptions>>()?.Value.Requests ?? new InferenceMeteringOptions(),
        services.GetService<RequestFinals>(),
        services.GetService<TimeProvider>() ?? TimeProvider.System,
        services.GetService<ActivitySource>(),
        services.GetService<RequestLimiting>() is not null);
}
