namespace GreenAI.Metering;

/// <summary>Why intervals are being closed.</summary>
internal enum CloseMode
{
    /// <summary>The sampler's tick: sources that are due; a tracked counter's interval closes when it moves.</summary>
    Scheduled,

    /// <summary>A window or a settlement: all sources, at the time of their reading; a tracked counter still has to move.</summary>
    Forced,

    /// <summary>Nobody polls any more (or yet): all intervals close, also those of counters that stand still.</summary>
    ForcedStandstill,

    /// <summary>The meter ends: as above, and no bill may wait for a device any more.</summary>
    Last,
}
