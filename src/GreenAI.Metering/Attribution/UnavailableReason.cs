namespace GreenAI.Metering;

/// <summary>Why there is no figure.</summary>
public enum UnavailableReason : byte
{
    /// <summary>There is a figure.</summary>
    None = 0,

    /// <summary>The scope was a default one, was completed before, or could not be tracked.</summary>
    NoScope,

    /// <summary>No device of this host can be metered, or none that the model was declared to use.</summary>
    NoDevice,

    /// <summary>Nothing has been learned yet: no interval with an active inference has closed.</summary>
    NotLearned,

    /// <summary>No counter was read while the inference ran.</summary>
    NotCovered,

    /// <summary>The share came to less than one microjoule of what the counters could resolve. It is not a claim of zero.</summary>
    BelowResolution,
}
