namespace GreenAI.Metering.AotSmoke;

/// <summary>Counts final footprints; made by the container.</summary>
internal sealed class Observer : IInferenceObserver
{
    private long _finals;

    public long Finals => Interlocked.Read(ref _finals);

    public void OnFinal(in InferenceFootprint footprint) => Interlocked.Increment(ref _finals);
}
