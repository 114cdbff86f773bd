using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>What the handler of one request holds. Once it was used it never serves another request; see <see cref="MeteredRequest"/>.</summary>
internal sealed class InferenceFeature(MeteredRequest request, long generation) : IInferenceFeature
{
    private volatile bool _isUsed;

    public bool IsUsed => _isUsed;

    public bool IsLive => request.IsLive(generation);

    public string? Model => Request.Model(generation);

    public bool IsDegraded => Request.IsDegraded(generation);

    public Admission Admission => Request.Admission(generation);

    public string? Tenant => Request.Tenant(generation);

    public InferenceScope Scope => Request.Scope(generation);

    public long Units
    {
        get => Request.Units(generation);
        set => Request.SetUnits(generation, value);
    }

    public InferenceOutcome? Outcome
    {
        get => Request.Outcome(generation);
        set => Request.SetOutcome(generation, value);
    }

    public InferenceFootprint Footprint => Request.Footprint(generation);

    private MeteredRequest Request
    {
        get
        {
            _isUsed = true;
            return request;
        }
    }

    public Admission TryAdmit(string model) => Request.TryAdmit(generation, model);

    public RequestInference Begin(string model) => Request.Begin(generation, model);

    public RequestInference Begin(string model, in Admission admission) => Request.Begin(generation, model, admission);

    /// <summary>
    /// Hands it out to who asks a request for it; null: it is kept for another request by now. Callbacks that were there before the metering run after its end.
    /// </summary>
    public InferenceFeature? UseIn(HttpContext context)
    {
        if (_isUsed) return this;
        _isUsed = true;
        return request.IsOf(context) ? this : null;
    }

    /// <inheritdoc cref="MeteredRequest.RunAgain"/>
    public Task RunAgain(RequestDelegate next, HttpContext context, EndpointPlan plan) => request.RunAgain(next, context, plan, generation);

    /// <summary>For the next request; only of one that nobody has used.</summary>
    public void Renew(long next) => generation = next;
}
