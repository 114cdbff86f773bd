using System.Collections.Concurrent;

namespace GreenAI.Metering.Tests;

internal sealed class CollectingObserver : IInferenceObserver
{
    private readonly ConcurrentQueue<InferenceFootprint> _all = new();

    public IReadOnlyList<InferenceFootprint> All => [.. _all];

    public void OnFinal(in InferenceFootprint footprint) => _all.Enqueue(footprint);
}
