namespace GreenAI.Metering;

/// <summary>The metering of one request, from <c>HttpContext.GetInference()</c> or <c>HttpContext.Features.Get&lt;IInferenceFeature&gt;()</c>. Valid until the request ends.</summary>
/// <remarks>
/// <para>For the request's own thread of control, like <c>HttpContext</c> itself.</para>
/// <para>
/// Once the request has ended, setters do nothing, <see cref="Begin(string)"/> begins nothing and figures are absent. That holds for a reference that was used
/// while the request ran, or came from <c>GetInference()</c>: the object behind it never serves another request.
/// </para>
/// </remarks>
public interface IInferenceFeature
{
    /// <summary>The model to run: the endpoint's, or a cheaper one that the policy names instead of it (<see cref="IsDegraded"/>); null where the handler begins its inferences itself.</summary>
    string? Model { get; }

    /// <summary>Whether the policy named a cheaper model than the endpoint's; the handler runs <see cref="Model"/>.</summary>
    bool IsDegraded { get; }

    /// <summary>The decision by which the request runs; <c>default</c> (Allow) where no policy is in force.</summary>
    Admission Admission { get; }

    /// <summary>The tenant on whose account it runs; null where none is known.</summary>
    string? Tenant { get; }

    /// <summary>The request's inference, to suspend it while it waits for others; a no-op when the endpoint has no model of its own. The middleware completes it.</summary>
    InferenceScope Scope { get; }

    /// <summary>Work units done: rows of a batch, tokens, images.</summary>
    /// <value>1 where the request succeeds and 0 where it does not, unless the handler says otherwise.</value>
    long Units { get; set; }

    /// <summary>
    /// How it ended; null: by what becomes of the request. An exception, a status of 500 and above or a gRPC status other than OK and CANCELLED: failed;
    /// cancelled, or aborted by the caller before the handler was done: abandoned; else succeeded.
    /// </summary>
    /// <remarks>
    /// A handler that works on after the last byte of its answer should say so itself where the server does not notice that it was the last: a caller who leaves with the answer is taken for one
    /// who broke off. Kestrel notices, but for bytes of a <c>Content-Length</c> that are advanced into its <c>BodyWriter</c>, as text is.
    /// Of a request that a middleware runs again for the same endpoint, once the run before is over, the last run counts.
    /// </remarks>
    InferenceOutcome? Outcome { get; set; }

    /// <summary>What the request has cost so far, all its inferences together; provisional, during the request and at its end.</summary>
    InferenceFootprint Footprint { get; }

    /// <summary>Asks whether one more inference of the request may run, for its tenant and with its endpoint's priority.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The answer: begin with it, or dispose it. Without a policy it allows.</returns>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    Admission TryAdmit(string model);

    /// <summary>
    /// Begins one more inference within the request, of another model or the same, on the account of the request's tenant and without asking whether it may run.
    /// While it runs the request's own inference is suspended: nothing is charged twice.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>The inference, which the handler completes; what it leaves open is abandoned when the request ends.</returns>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    RequestInference Begin(string model);

    /// <summary>The same for an inference that was admitted by <see cref="TryAdmit"/>.</summary>
    /// <param name="model">The model that runs: the one admitted, or the one it was degraded to.</param>
    /// <param name="admission">The admission, which is used up by it.</param>
    /// <returns>The inference, which the handler completes; what it leaves open is abandoned when the request ends.</returns>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    RequestInference Begin(string model, in Admission admission);
}
