namespace GreenAI.Metering;

/// <summary>The inferences that the handler of one request has begun. Not thread-safe; kept for further requests.</summary>
/// <remarks>Holds those that are open, and of the others their sum: a stream may have any number of them, as its caller likes.</remarks>
internal sealed class NestedInferences
{
    // Places of what has ended are default, and are taken again.
    private readonly List<InferenceScope> _places = [];
    private readonly Stack<int> _free = [];
    private InferenceFootprint _ended = InferenceFootprint.None;
    private bool _resumesOwn;

    private int Open => _places.Count - _free.Count;

    public int Add(InferenceScope scope, InferenceScope own)
    {
        if (Open == 0) _resumesOwn = own.TrySuspend();
        if (_free.TryPop(out int place))
        {
            _places[place] = scope;
            return place;
        }

        _places.Add(scope);
        return _places.Count - 1;
    }

    public InferenceFootprint Complete(int place, InferenceScope scope, InferenceScope own, InferenceOutcome outcome, long units)
    {
        // Another inference may have taken its place since it ended.
        if (_places[place] != scope) return InferenceFootprint.None;
        InferenceFootprint footprint = scope.Complete(outcome, units);
        _ended = _ended.Plus(footprint);
        _places[place] = default;
        _free.Push(place);
        if (Open == 0 && _resumesOwn) own.Resume();
        return footprint;
    }

    /// <summary>Abandons what is open. The request's own inference is not resumed: it ends as well, or is run again.</summary>
    public void Abandon()
    {
        foreach (InferenceScope scope in _places) _ended = _ended.Plus(scope.Complete(InferenceOutcome.Abandoned, 0));
        Forget();
    }

    public InferenceFootprint AddTo(InferenceFootprint sum)
    {
        sum = sum.Plus(_ended);
        foreach (InferenceScope scope in _places) sum = sum.Plus(scope.Peek());
        return sum;
    }

    public void Clear()
    {
        Forget();
        _ended = InferenceFootprint.None;
        _resumesOwn = false;
    }

    private void Forget()
    {
        _places.Clear();
        _free.Clear();
        // A request of very many inferences at once does not keep its memory for those of few.
        if (_places.Capacity <= 64) return;
        _places.Capacity = 0;
        _free.TrimExcess();
    }
}
