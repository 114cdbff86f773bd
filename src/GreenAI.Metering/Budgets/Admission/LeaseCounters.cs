using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>What requests and the closer count of a lease, each on a pair of cache lines of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct LeaseCounters
{
    /// <summary>Headroom that nobody has reserved; below zero when more was spent than granted.</summary>
    [FieldOffset(128)]
    public long Available;

    /// <summary>What was spent.</summary>
    [FieldOffset(256)]
    public long Spent;
}
