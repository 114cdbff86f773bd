using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>What the requests of one application share.</summary>
internal sealed class RequestMetering
{
    private readonly MeteredRequestPool _pool;

    private RequestMetering(EnergyMeter meter, InferenceMeteringOptions options, RequestFinals? finals, TimeProvider timeProvider, bool isLimited)
    {
        Meter = meter;
        Options = options;
        Finals = finals;
        TimeProvider = timeProvider;
        IsLimited = isLimited;
        Plans = new EndpointPlans(meter);
        Tenants = RequestTenants.From(options.Tenants, meter);
        _pool = new MeteredRequestPool(this);
    }

    public EnergyMeter Meter { get; }

    public InferenceMeteringOptions Options { get; }

    /// <summary>Tells observers; null: there is none.</summary>
    public RequestFinals? Finals { get; }

    public TimeProvider TimeProvider { get; }

    /// <summary>Whether a rate limiter may have asked for the request already.</summary>
    public bool IsLimited { get; }

    public EndpointPlans Plans { get; }

    /// <summary>Finds tenants; null: requests have none.</summary>
    public RequestTenants? Tenants { get; }

    /// <summary>Whether a policy has to be asked.</summary>
    public bool HasPolicy => Meter.Budgets.Gate is not null;

    public static RequestMetering From(IServiceProvider services) => new(
        services.GetRequiredService<EnergyMeter>(),
        services.GetService<IOptions<GreenAIAspNetCoreOptions>>()?.Value.Requests ?? new InferenceMeteringOptions(),
        services.GetService<RequestFinals>(),
        services.GetService<TimeProvider>() ?? TimeProvider.System,
        services.GetService<RequestLimiting>() is not null);

    public MeteredRequest Rent() => _pool.Get();

    public void Return(MeteredRequest request) => _pool.Return(request);
}
