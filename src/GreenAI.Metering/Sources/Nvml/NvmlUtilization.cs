using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary><c>nvmlUtilization_t</c>: percent of the time in which at least one kernel was resident, not occupancy.</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct NvmlUtilization
{
    [FieldOffset(0)]
    public uint Gpu;

    [FieldOffset(4)]
    public uint Memory;
}
