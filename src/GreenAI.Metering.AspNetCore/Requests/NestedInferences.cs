namespace GreenAI.Metering;

/// <summary>The inferences that the handler of one request has begun. Not thread-safe; kept for further requests.</summary>
internal sealed class NestedInferences
{
    private readonly List<(InferenceScope Scope, InferenceFootprint Footprint)> _all = [];
    private int _open;
    private bool _resumesOwn;

    public int Add(InferenceScope scope, InferenceScope own)
    {
        if (_open++ == 0) _resumesOwn = own.TrySuspend();
        _all.Add((scope, default));
        return _all.Count - 1;
    }

    public InferenceFootprint Complete(int index, InferenceScope own, InferenceOutcome outcome, long units)
    {
        (InferenceScope scope, InferenceFootprint known) = _all[index];
        if (known.ScopeId != 0 || scope == default) return InferenceFootprint.None;
        InferenceFootprint footprint = scope.Complete(outcome, units);
        _all[index] = (default, footprint);
        if (--_open == 0 && _resumesOwn) own.Resume();
        return footprint;
    }

    /// <summary>Abandons what is open. The request's own inference ends as well, and is not resumed.</summary>
    public void Abandon()
    {
        for (int i = 0; i < _all.Count; i++)
        {
            if (_all[i].Scope != default) _all[i] = (default, _all[i].Scope.Complete(InferenceOutcome.Abandoned, 0));
        }

        _open = 0;
    }

    public InferenceFootprint AddTo(InferenceFootprint sum)
    {
        foreach ((InferenceScope scope, InferenceFootprint footprint) in _all) sum = sum.Plus(scope == default ? footprint : scope.Peek());
        return sum;
    }

    public void Clear()
    {
        _all.Clear();
        _open = 0;
        _resumesOwn = false;
        // A request of very many inferences does not keep its memory for those of few.
        if (_all.Capacity > 64) _all.Capacity = 0;
    }
}
