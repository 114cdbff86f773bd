namespace GreenAI.Metering;

/// <summary>One more inference within a request, from <see cref="IInferenceFeature.Begin(string)"/> to <c>Complete</c>.</summary>
/// <remarks>
/// <c>default</c> is a no-op, a second completion does nothing, and what is open when the request ends is abandoned by it. Inferences of one request may overlap;
/// when the last of them has ended the request's own goes on. No member throws or blocks.
/// </remarks>
public readonly struct RequestInference : IDisposable
{
    private readonly MeteredRequest? _request;
    private readonly long _generation;
    private readonly int _place;

    internal RequestInference(MeteredRequest request, long generation, int place, InferenceScope scope)
    {
        _request = request;
        _generation = generation;
        _place = place;
        Scope = scope;
    }

    /// <summary>The scope behind it, to suspend it while it waits, or to look at what it has cost so far. Complete it here, not there: else the request's own inference goes on waiting.</summary>
    public InferenceScope Scope { get; }

    /// <summary>Ends a successful inference that did one unit of work.</summary>
    /// <returns>The provisional footprint; <see cref="FootprintStage.None"/> when there was nothing to complete.</returns>
    public InferenceFootprint Complete() => Complete(InferenceOutcome.Succeeded, 1);

    /// <summary>Ends a successful inference.</summary>
    /// <param name="units">Work units done: rows of a batch, tokens, images.</param>
    /// <returns>The provisional footprint; <see cref="FootprintStage.None"/> when there was nothing to complete.</returns>
    public InferenceFootprint Complete(long units) => Complete(InferenceOutcome.Succeeded, units);

    /// <summary>Ends an inference that failed; its energy still counts.</summary>
    /// <returns>The provisional footprint; <see cref="FootprintStage.None"/> when there was nothing to complete.</returns>
    public InferenceFootprint Fail() => Complete(InferenceOutcome.Failed, 0);

    /// <summary>Ends the inference with an outcome.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="units">Work units done; a negative number counts as 0.</param>
    /// <returns>The provisional footprint; <see cref="FootprintStage.None"/> when there was nothing to complete.</returns>
    public InferenceFootprint Complete(InferenceOutcome outcome, long units) =>
        _request is null ? InferenceFootprint.None : _request.CompleteNested(_generation, _place, Scope, outcome, units);

    /// <summary>Ends the inference as <see cref="InferenceOutcome.Abandoned"/> unless it was completed before.</summary>
    public void Dispose() => Complete(InferenceOutcome.Abandoned, 0);
}
