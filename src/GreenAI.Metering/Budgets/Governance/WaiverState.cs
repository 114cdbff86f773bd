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

    /// <summary>Its time is not over, and its cap is: as much is spent beyond the limit as it lets, in every part of the budget that it is for.</summary>
    UsedUp,
}
