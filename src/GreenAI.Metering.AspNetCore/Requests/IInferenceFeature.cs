namespace GreenAI.Metering;

/// <summary>The metering of one request, from <c>HttpContext.Features.Get&lt;IInferenceFeature&gt;()</c>. Valid until the request ends.</summary>
/// <remarks>For the request's own thread of control, like <c>HttpContext</c> itself.</remarks>
public interface IInferenceFeature
{
    /// <summary>The model to run: the endpoint's, or a cheaper one that the policy names instead of it (<see cref="IsDegraded"/>).</summary>
    string? Model { get; }

    /// <summary>Whether the policy named a cheaper model than the endpoint's; the handler runs <see cref="Model"/>.</summary>
    bool IsDegraded { get; }

    /// <summary>The decision by which the request runs; <c>default</c> (Allow) where no policy is in force.</summary>
    Admission Admission { get; }

    /// <summary>The tenant on whose account it runs; null where none is known.</summary>
    string? Tenant { get; }

    /// <summary>The request's inference, to suspend it while it waits for others; a no-op when the endpoint has no model of its own.</summary>
    InferenceScope Scope { get; }

    /// <summary>Work units done: rows of a batch, tokens, images.</summary>
    /// <value>1 unless the handler says otherwise.</value>
    long Units { get; set; }

    /// <summary>How it ended; null: by what becomes of the request (status 500 and above or an exception: failed; aborted by the caller: abandoned).</summary>
    InferenceOutcome? Outcome { get; set; }

    /// <summary>What the request has cost so far, all its inferences together; provisional, during the request and at its end.</summary>
    InferenceFootprint Footprint { get; }

    /// <summary>Begins one more inference within the request, of another model or the same.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Its scope, which the handler completes; what it leaves open is abandoned when the request ends.</returns>
    InferenceScope Begin(string model);
}
