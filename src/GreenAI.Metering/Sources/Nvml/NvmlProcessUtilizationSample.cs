using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary><c>nvmlProcessUtilizationSample_t</c>: what one process used of a device in one sampling period of the driver.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct NvmlProcessUtilizationSample
{
    [FieldOffset(0)]
    public uint ProcessId;

    /// <summary>In microseconds, on the driver's clock.</summary>
    [FieldOffset(8)]
    public ulong Timestamp;

    /// <summary>Percent of the streaming multiprocessors.</summary>
    [FieldOffset(16)]
    public uint Sm;

    [FieldOffset(20)]
    public uint Memory;

    [FieldOffset(24)]
    public uint Encoder;

    [FieldOffset(28)]
    public uint Decoder;
}
