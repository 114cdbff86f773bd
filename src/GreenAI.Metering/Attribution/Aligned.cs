namespace GreenAI.Metering;

/// <summary>Addresses at which cache lines begin.</summary>
internal static unsafe class Aligned
{
    /// <summary>Bytes of a cache line.</summary>
    public const int CacheLine = 64;

    /// <summary>The first address from here that is a multiple of a power of two.</summary>
    public static void* Up(void* address, int multiple) => (void*)(((nuint)address + (nuint)multiple - 1) & ~((nuint)multiple - 1));
}
