using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>Asks whether requests may run, and lets those wait that are delayed.</summary>
internal sealed class RequestAdmission(RequestMetering metering)
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(20);

    private int _waiting;

    public Admission Ask(HttpContext context, EndpointPlan plan, TenantHandle tenant) => metering.Meter.TryAdmit(RequestOf(context, plan, tenant));

    /// <summary>Waits until the request may run or is refused, as long as the options say, or until its caller has gone.</summary>
    /// <returns>The last answer.</returns>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task<Admission> WaitAsync(HttpContext context, EndpointPlan plan, TenantHandle tenant, Admission admission)
    {
        TimeSpan patience = metering.Options.WaitForDelay;
        if (patience <= TimeSpan.Zero) return admission;
        try
        {
            if (Interlocked.Increment(ref _waiting) > metering.Options.MaxWaiting) return admission;
            long start = metering.TimeProvider.GetTimestamp();
            CancellationToken gone = context.RequestAborted;
            while (admission.Verdict == Verdict.Delay && patience - metering.TimeProvider.GetElapsedTime(start) is { Ticks: > 0 } left)
            {
                TimeSpan pause = admission.RetryAfter is { } wait && wait > _shortest ? wait : _shortest;
                // What a rule delays for longer than may be waited is not worth waiting for.
                if (pause > left) return admission;
                await Task.Delay(pause, metering.TimeProvider, gone).ConfigureAwait(false);
                admission = await metering.Meter.AdmitAsync(RequestOf(context, plan, tenant), gone).ConfigureAwait(false);
            }

            return admission;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static AdmissionRequest RequestOf(HttpContext context, EndpointPlan plan, TenantHandle tenant) => new(plan.Handle)
    {
        Tenant = tenant,
        Estimate = plan.Options.EstimateFor(context),
        Priority = plan.Options.Priority,
    };
}
