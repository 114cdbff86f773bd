namespace GreenAI.Metering;

/// <summary>What only the closer writes about one slot; one bit per device in each mask.</summary>
internal struct ScopeAccount
{
    /// <summary>The slot's word when it was last looked at; 0 when it never was.</summary>
    public long SeenWord;

    /// <summary>Devices that have seen the scope.</summary>
    public ulong Entered;

    /// <summary>Devices for which nothing is to do while the word stays the same: the scope runs on, or waits.</summary>
    public ulong Synced;

    /// <summary>Devices for which the scope counted as running at the last close.</summary>
    public ulong Running;

    /// <summary>Devices on which the scope is billed.</summary>
    public ulong Left;

    /// <summary>Devices that are closing now and have work for this slot.</summary>
    public ulong Closing;

    /// <summary>Of <see cref="Closing"/>: running at the end of the interval.</summary>
    public ulong RunsOn;

    /// <summary>Of <see cref="Closing"/>: ended inside the interval.</summary>
    public ulong Leaving;

    /// <summary>Whether the bill was closed on a device before its counter moved.</summary>
    public bool Late;
}
