namespace GreenAI.Metering;

/// <summary>Is told the final footprint of every inference of a request, with the request's route and trace.</summary>
/// <remarks>
/// <para>Registered by <c>AddRequestObserver</c>. A request with several inferences is told once for each; those of one request have the same trace and span.</para>
/// <para>
/// Called like <see cref="IInferenceObserver"/>: on a thread of its own, one footprint after another, never on a request. An observer that throws is logged
/// once; one that is slow loses footprints, which <c>greenai.metering.observer_overflow</c> and <c>greenai.request.overflow</c> count.
/// </para>
/// </remarks>
public interface IRequestObserver
{
    /// <summary>The bill of an inference is final.</summary>
    void OnFinal(in RequestFootprint footprint);
}
