using System.Threading.RateLimiting;

namespace GreenAI.Metering;

/// <summary>The budgets of one model as a rate limiter: a permit is one inference.</summary>
/// <remarks>
/// <para>
/// Thread-safe. A lease is acquired where the policy lets run (Allow, Warn, Degrade) and holds what is reserved; an <see cref="InferenceLease"/> has the answer itself, to begin the inference with. Acquiring
/// costs an object; <see cref="EnergyMeter.TryAdmit(in AdmissionRequest)"/> costs none.
/// </para>
/// <para>
/// Permits: 1 is one inference of the request's estimate. 0 looks at the model's verdict, reserves nothing and is not counted by budgets; tenant and priority are not looked at. More than 1 reserves that many estimates at once, so that an
/// <see cref="AdmissionRequest.Estimate"/> must be stated. Where asked to wait (<c>AcquireAsync</c>) it waits a moment, at most 1 s, for headroom that is on its way from a shared ledger; it keeps no queue.
/// </para>
/// </remarks>
public sealed class InferenceRateLimiter : RateLimiter
{
    private readonly LeaseCounts _counts = new();
    private readonly EnergyMeter _meter;
    private readonly AdmissionRequest _request;
    private readonly TimeProvider _time;
    private long _used;
    private volatile bool _disposed;

    /// <summary>Makes a limiter.</summary>
    /// <param name="meter">The meter whose budgets are asked.</param>
    /// <param name="request">What each permit asks for: the model, and for whom, with which estimate and priority.</param>
    public InferenceRateLimiter(EnergyMeter meter, AdmissionRequest request)
        : this(meter, request, TimeProvider.System)
    {
    }

    internal InferenceRateLimiter(EnergyMeter meter, AdmissionRequest request, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _meter = meter;
        _request = request;
        _time = time;
        _used = time.GetTimestamp();
    }

    /// <summary>How long nobody has asked it; null while somebody waits. Limiters that are made for each partition of requests are let go of by it.</summary>
    /// <remarks>Leases that it gave stay what they are.</remarks>
    public override TimeSpan? IdleDuration => _counts.IsWaited ? null : _time.GetElapsedTime(Volatile.Read(ref _used));

    /// <summary>What was answered since it was made, permits of 0 not counted. Permits available are 1 while an inference would be let run, else 0: budgets have no number of them.</summary>
    public override RateLimiterStatistics GetStatistics() => _counts.Read(_meter.CheckAdmission(_request.Model).MayRun);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">More than 1 permit is asked for without an estimate.</exception>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Volatile.Write(ref _used, _time.GetTimestamp());
        return permitCount == 0 ? new InferenceLease(_meter.CheckAdmission(_request.Model)) : _counts.Count(_meter.TryAdmit(Of(_request, permitCount)));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">More than 1 permit is asked for without an estimate.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Volatile.Write(ref _used, _time.GetTimestamp());
        if (permitCount == 0) return AttemptAcquireCore(0);
        AdmissionRequest request = Of(_request, permitCount);
        _counts.BeginWait();
        try
        {
            return _counts.Count(await _meter.AdmitAsync(request, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _counts.EndWait();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _disposed = true;

    internal static AdmissionRequest Of(in AdmissionRequest request, int permitCount)
    {
        if (permitCount == 1) return request;
        if (request.Estimate is not { } estimate)
        {
            throw new ArgumentOutOfRangeException(
                nameof(permitCount), permitCount, "More than 1 permit reserves that many estimates, and none is stated: give the request an Estimate, or ask for 1 permit an inference.");
        }

        return new AdmissionRequest(request.Model)
        {
            Tenant = request.Tenant,
            Priority = request.Priority,
            Estimate = Energy.FromMicrojoules(long.MaxValue / permitCount > estimate.Microjoules ? estimate.Microjoules * permitCount : long.MaxValue),
        };
    }
}
