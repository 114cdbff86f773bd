namespace GreenAI.Metering;

/// <summary>Keeps the bills of a close until it is over, then tells the observers: what they throw is not the meter's.</summary>
internal sealed class ReplayFinals(IReadOnlyList<IInferenceObserver> observers) : IFinalFootprints
{
    private readonly List<InferenceFootprint> _waiting = [];

    public long Count { get; private set; }

    public bool Wanted => true;

    public void Add(in InferenceFootprint footprint) => _waiting.Add(footprint);

    public void Tell()
    {
        Count += _waiting.Count;
        foreach (InferenceFootprint footprint in _waiting)
        {
            foreach (IInferenceObserver observer in observers) observer.OnFinal(footprint);
        }

        _waiting.Clear();
    }
}
