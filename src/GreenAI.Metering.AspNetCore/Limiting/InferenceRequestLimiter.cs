using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>The budgets as a limiter of requests: each metered endpoint by its model, tenant, estimate and priority; other requests pass.</summary>
/// <remarks>
/// Thread-safe. A request is asked about once: the answer goes with it to the metering. A refused attempt that is then waited for (ASP.NET Core's middleware does so) waits as
/// <see cref="InferenceMeteringOptions.WaitForDelay"/> says, and is refused with the same answer otherwise.
/// </remarks>
internal sealed class InferenceRequestLimiter(RequestMetering metering) : PartitionedRateLimiter<HttpContext>
{
    private readonly RequestAdmission _admission = new(metering);
    private readonly LeaseCounts _counts = new();

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) =>
        Plan(resource) is { Model: not null } plan ? _counts.Read(metering.Meter.CheckAdmission(plan.Handle).MayRun) : null;

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        if (Subject(resource) is not ({ } plan, { } endpoint, var tenant)) return new InferenceLease(default);
        if (permitCount == 0) return new InferenceLease(metering.Meter.CheckAdmission(plan.Handle));
        if (permitCount > 1) throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, "A request is one permit; what its inferences may cost, the endpoint's Estimate says.");
        Admission admission = _admission.Ask(resource, plan, tenant);
        resource.Features.Set(new RequestPermit(endpoint, tenant, admission));
        // A refusal may be waited out: it is counted when the waiting ends.
        return admission.MayRun ? _counts.Count(admission) : new InferenceLease(admission);
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Subject(resource) is not ({ } plan, not null, var tenant) || permitCount == 0) return AttemptAcquireCore(resource, permitCount);
        if (resource.Features.Get<RequestPermit>() is not { Admission.MayRun: false } permit)
        {
            RateLimitLease lease = AttemptAcquireCore(resource, permitCount);
            if (lease.IsAcquired) return lease;
            permit = resource.Features.Get<RequestPermit>()!;
        }

        if (permit.Admission.Verdict == Verdict.Delay && plan.Options.WaitsForDelay)
        {
            _counts.BeginWait();
            try
            {
                permit.Admission = await _admission.WaitAsync(resource, plan, tenant, permit.Admission).ConfigureAwait(false);
            }
            finally
            {
                _counts.EndWait();
            }
        }

        return _counts.Count(permit.Admission);
    }

    private EndpointPlan? Plan(HttpContext context) => context.GetEndpoint() is { } endpoint ? metering.Plans.Of(endpoint) : null;

    // Unknown tenants that are refused are none of ours: the metering answers them.
    private (EndpointPlan? Plan, Endpoint? Endpoint, TenantHandle Tenant) Subject(HttpContext context)
    {
        if (Plan(context) is not { Model: not null } plan) return default;
        // Its metering has asked already, such as where that comes before the limiter: asking again would reserve twice.
        if (context.Features.Get<IInferenceFeature>() is InferenceFeature { IsLive: true }) return default;
        TenantHandle tenant = default;
        if (metering.Tenants is { } tenants && plan.Options.UsesTenant && !tenants.TryFind(context, out tenant)) return default;
        return (plan, context.GetEndpoint(), tenant);
    }
}
