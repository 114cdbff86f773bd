namespace GreenAI.Metering;

/// <summary>Why a ring cannot tell the energy between two timestamps.</summary>
internal enum RingMiss : byte
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>It holds no sample yet.</summary>
    Empty,

    /// <summary>The end lies before the start.</summary>
    Reversed,

    /// <summary>The start lies before the oldest sample: never sampled, or overwritten since.</summary>
    BeforeOldest,

    /// <summary>The end lies after the newest sample: not yet sampled.</summary>
    AfterNewest,

    /// <summary>The writer overwrote what was being read, again and again.</summary>
    Contended,
}
