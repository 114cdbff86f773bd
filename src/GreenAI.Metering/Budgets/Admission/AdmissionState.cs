namespace GreenAI.Metering;

/// <summary>What requests of one model and tenant are answered until something changes. Immutable; one object for all of them.</summary>
internal sealed class AdmissionState
{
    public required AdmissionPath Path { get; init; }

    public Verdict Verdict { get; init; }

    public Verdict ShadowVerdict { get; init; }

    public string? DegradeTo { get; init; }

    /// <summary>The rule that decided; null for Allow.</summary>
    public RuleBook? Decider { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>When to try again, by the boot clock; null where nobody knows.</summary>
    public long? RetryAt { get; init; }

    /// <summary>How long to wait when <see cref="RetryAt"/> is past or unknown, and it is refused still.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Whether more headroom was asked for and is on its way.</summary>
    public bool IsPending { get; init; }

    /// <summary>Names the decision; 0 for Allow.</summary>
    public long Decision { get; init; }

    /// <summary>The counter of the path that counts it.</summary>
    public int Counter { get; init; }

    /// <summary>The counter of the path that counts what a rule in shadow mode would have answered; −1: none would have answered anything else.</summary>
    public int ShadowCounter { get; init; } = -1;

    /// <summary>When it was made, by the boot clock.</summary>
    public long MadeAt { get; init; }
}
