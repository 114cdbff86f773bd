using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>The two half fences of a single-writer ring; full fences where the framework has no half ones.</summary>
internal static class MemoryFence
{
    /// <summary>No store after it becomes visible before a store that precedes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BetweenWrites()
    {
#if NET10_0_OR_GREATER
        Volatile.WriteBarrier();
#else
        Interlocked.MemoryBarrier();
#endif
    }

    /// <summary>No load after it is done before a load that precedes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BetweenReads()
    {
#if NET10_0_OR_GREATER
        Volatile.ReadBarrier();
#else
        Interlocked.MemoryBarrier();
#endif
    }
}
