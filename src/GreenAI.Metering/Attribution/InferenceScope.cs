namespace GreenAI.Metering;

/// <summary>One inference from <see cref="EnergyMeter.Begin(ModelHandle)"/> to <c>Complete</c>.</summary>
/// <remarks>
/// A slot number and its generation: <c>default</c> is a no-op, a second completion does nothing, and a stale copy cannot
/// touch another inference. May be passed between threads and kept across <c>await</c>. No member throws, blocks or allocates.
/// </remarks>
public readonly struct InferenceScope : IDisposable, IEquatable<InferenceScope>
{
    private readonly EnergyMeter? _meter;
    private readonly long _generation;
    private readonly int _slot;

    internal InferenceScope(EnergyMeter meter, int slot, long generation)
    {
        _meter = meter;
        _slot = slot;
        _generation = generation;
    }

    /// <summary>Whether the inference is tracked; false for a default scope and for one beyond the stated capacity.</summary>
    public bool IsTracked => _meter is not null;

    /// <summary>The number that links the provisional footprint with the final one; 0 when not tracked.</summary>
    public long Id => _meter is null ? 0 : SlotWord.ScopeId(_slot, _generation);

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
        _meter is null ? InferenceFootprint.None : _meter.Complete(_slot, _generation, outcome, units);

    /// <summary>
    /// Says that the inference now waits (for a database, a queue): until <see cref="Resume"/> it is not charged as compute.
    /// Does nothing when it already waits or has ended.
    /// </summary>
    public void Suspend() => _meter?.Suspend(_slot, _generation);

    /// <summary>The same as <see cref="Suspend"/>, for those who must know whether to resume it.</summary>
    /// <returns>Whether it computed until now; false when it waits already or has ended.</returns>
    public bool TrySuspend() => _meter is not null && _meter.Suspend(_slot, _generation);

    /// <summary>What the running inference has cost so far: learned watts × active time. It goes on.</summary>
    /// <returns>A provisional footprint with no work units; <see cref="FootprintStage.None"/> when it has ended or is not tracked.</returns>
    public InferenceFootprint Peek() => _meter is null ? InferenceFootprint.None : _meter.Peek(_slot, _generation);

    /// <summary>Says that a waiting inference computes again. Does nothing when it does not wait.</summary>
    public void Resume() => _meter?.Resume(_slot, _generation);

    // Complete where nobody looks at the footprint: it is not worked out.
    internal void End(InferenceOutcome outcome, long units) => _meter?.TryEnd(_slot, _generation, outcome, units, out _, out _, out _);

    /// <summary>Ends the inference as <see cref="InferenceOutcome.Abandoned"/> unless it was completed before.</summary>
    public void Dispose() => _meter?.Abandon(_slot, _generation);

    /// <summary>Whether two scopes are the same inference.</summary>
    public static bool operator ==(InferenceScope left, InferenceScope right) => left.Equals(right);

    /// <summary>Whether two scopes differ.</summary>
    public static bool operator !=(InferenceScope left, InferenceScope right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(InferenceScope other) =>
        ReferenceEquals(_meter, other._meter) && _slot == other._slot && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InferenceScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_slot, _generation);
}
