using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>Makes <c>struct perf_event_attr</c> (include/uapi/linux/perf_event.h) of an event that only counts.</summary>
/// <remarks>
/// Type u32 at 0, size u32 at 4, config u64 at 8; all else stays 0: no sampling, and none of the <c>exclude</c> flags, which an
/// event of a whole package refuses.
/// </remarks>
internal static class PerfAttributes
{
    /// <summary>The size of the structure since Linux 5.13 (<c>PERF_ATTR_SIZE_VER7</c>).</summary>
    public const int Size = 128;

    /// <summary>The size of its first version, which every kernel takes.</summary>
    public const int FirstSize = 64;

    /// <summary>Opens an event of all processes on one processor, with the first version of the structure where the current one is too long.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Open(IPerfEvents events, uint type, ulong config, int processor, out IPerfCount? count)
    {
        int error = events.Open(Create(type, config, Size), -1, processor, out count);
        return error == PerfError.TooBig ? events.Open(Create(type, config, FirstSize), -1, processor, out count) : error;
    }

    /// <summary>The bytes.</summary>
    public static byte[] Create(uint type, ulong config, int size)
    {
        byte[] attributes = new byte[size];
        MemoryMarshal.Write(attributes.AsSpan(0), in type);
        MemoryMarshal.Write(attributes.AsSpan(4), in size);
        MemoryMarshal.Write(attributes.AsSpan(8), in config);
        return attributes;
    }
}
