namespace GreenAI.Metering;

/// <summary>Is told every final footprint.</summary>
/// <remarks>
/// Called on a thread of its own, one footprint after another, never on the sampler or a request. An observer that throws is
/// logged once; one that is slow loses footprints, which <c>greenai.metering.observer_overflow</c> counts.
/// </remarks>
public interface IInferenceObserver
{
    /// <summary>An inference's bill is final.</summary>
    void OnFinal(in InferenceFootprint footprint);
}
