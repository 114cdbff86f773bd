using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

// What the handler asks and says. Of a generation that is over nothing is told, and nothing is taken.
internal sealed partial class MeteredRequest
{
    // Of one that lives.
    private EnergyMeter Meter => _metering!.Meter;

    public bool IsLive(long generation)
    {
        lock (_lock) return Lives(generation);
    }

    public bool IsOf(HttpContext context)
    {
        lock (_lock) return ReferenceEquals(_context, context);
    }

    public string? Model(long generation)
    {
        lock (_lock) return Lives(generation) ? ModelName : null;
    }

    public bool IsDegraded(long generation)
    {
        lock (_lock) return Lives(generation) && _admission.DegradeTo is not null;
    }

    public Admission Admission(long generation)
    {
        lock (_lock) return Lives(generation) ? _admission : default;
    }

    public string? Tenant(long generation)
    {
        lock (_lock) return Lives(generation) && _tenant != default ? _tenant.Name : null;
    }

    public InferenceScope Scope(long generation)
    {
        lock (_lock) return Lives(generation) ? _scope : default;
    }

    public long Units(long generation)
    {
        lock (_lock) return Lives(generation) ? _units ?? 1 : 0;
    }

    public void SetUnits(long generation, long units)
    {
        lock (_lock)
        {
            if (Lives(generation)) _units = Math.Max(0, units);
        }
    }

    public InferenceOutcome? Outcome(long generation)
    {
        lock (_lock) return Lives(generation) ? _outcome : null;
    }

    public void SetOutcome(long generation, InferenceOutcome? outcome)
    {
        lock (_lock)
        {
            if (Lives(generation)) _outcome = outcome;
        }
    }

    public InferenceFootprint Footprint(long generation)
    {
        lock (_lock)
        {
            if (!Lives(generation)) return InferenceFootprint.None;
            InferenceFootprint own = _scope.Peek();
            return _nested?.AddTo(own) ?? own;
        }
    }

    public Admission TryAdmit(long generation, string model)
    {
        ModelRegistry.ThrowIfUnfit(model);
        lock (_lock)
        {
            return Lives(generation)
                ? Meter.TryAdmit(new AdmissionRequest(Meter.Model(model)) { Tenant = _tenant, Priority = _plan!.Options.Priority })
                : default;
        }
    }

    public RequestInference Begin(long generation, string model)
    {
        ModelRegistry.ThrowIfUnfit(model);
        lock (_lock) return Lives(generation) ? Nest(Meter.Begin(Meter.Model(model), _tenant)) : default;
    }

    public RequestInference Begin(long generation, string model, in Admission admission)
    {
        ModelRegistry.ThrowIfUnfit(model);
        lock (_lock)
        {
            if (Lives(generation)) return Nest(Meter.Begin(Meter.Model(model), admission));
        }

        admission.Dispose();
        return default;
    }

    public InferenceFootprint CompleteNested(long generation, int place, InferenceScope scope, InferenceOutcome outcome, long units)
    {
        lock (_lock) return Lives(generation) ? _nested!.Complete(place, scope, _scope, outcome, units) : InferenceFootprint.None;
    }

    private bool Lives(long generation) => _generation == generation && _context is not null;

    private RequestInference Nest(InferenceScope scope)
    {
        if (!scope.IsTracked) return default;
        _metering!.Finals?.Add(scope.Id, _context!, _plan!, _tenant);
        int place = (_nested ??= new NestedInferences()).Add(scope, _scope);
        return new RequestInference(this, _generation, place, scope);
    }
}
