namespace GreenAI.Metering;

/// <summary>Whether a waiver lifts a rule, or why it does not. The later ones are nearer to lifting it.</summary>
internal enum WaiverUse
{
    /// <summary>There is none for the rule.</summary>
    None,

    /// <summary>It is for others.</summary>
    OutOfScope,

    /// <summary>Its time has not come.</summary>
    NotYet,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>As much is spent beyond the limit as it lets.</summary>
    UsedUp,

    /// <summary>It lifts the rule.</summary>
    Applies,
}
