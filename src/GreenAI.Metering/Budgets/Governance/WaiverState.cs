namespace GreenAI.Metering;

/// <summary>Whether a waiver holds at a time.</summary>
public enum WaiverState
{
    /// <summary>It begins later.</summary>
    NotYet,

    /// <summary>It holds.</summary>
    Active,

    /// <summary>It holds and expires within 30 days.</summary>
    Expiring,

    /// <summary>It has expired.</summary>
    Expired,
}
