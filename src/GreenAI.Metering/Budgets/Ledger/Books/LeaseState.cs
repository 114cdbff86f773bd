namespace GreenAI.Metering;

/// <summary>Whether a lease may be spent from. Stored by number.</summary>
internal enum LeaseState
{
    /// <summary>It may.</summary>
    Live = 0,

    /// <summary>Its holder fell silent; what it had not spent was given back.</summary>
    Silent = 1,

    /// <summary>Its holder is done with it.</summary>
    Over = 2,
}
