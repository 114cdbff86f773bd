using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>The answer that a rate limiter got for a request, kept with the request: the metering takes it instead of asking again.</summary>
/// <remarks>For the request's own thread of control.</remarks>
internal sealed class RequestPermit(Endpoint endpoint, TenantHandle tenant, Admission admission)
{
    private bool _isTaken;

    /// <summary>The answer; another once the request has waited.</summary>
    public Admission Admission { get; set; } = admission;

    /// <summary>Takes the answer for the request's metering, once: a request that is run again is asked about again.</summary>
    public bool TryTake(Endpoint asked, TenantHandle asking, out Admission taken)
    {
        taken = Admission;
        if (_isTaken || !Admission.MayRun || asked != endpoint || !asking.Equals(tenant)) return false;
        return _isTaken = true;
    }
}
