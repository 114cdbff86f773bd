namespace GreenAI.Metering;

/// <summary>What detection decided about a kind of hardware.</summary>
public enum SourceStatus
{
    /// <summary>Found and metered.</summary>
    Used,

    /// <summary>Found, but not metered because a better source covers the same hardware.</summary>
    NotNeeded,

    /// <summary>Not on this machine.</summary>
    NotFound,

    /// <summary>On this machine, but this process may not read it.</summary>
    Unreadable,

    /// <summary>On this machine, but it failed.</summary>
    Failed,

    /// <summary>Switched off by an option.</summary>
    Disabled,
}
