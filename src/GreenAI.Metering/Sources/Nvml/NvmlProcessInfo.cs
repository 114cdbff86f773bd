using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary><c>nvmlProcessInfo_t</c> as the <c>_v3</c> calls fill it: one client of a device.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct NvmlProcessInfo
{
    [FieldOffset(0)]
    public uint ProcessId;

    [FieldOffset(8)]
    public ulong UsedGpuMemory;

    [FieldOffset(16)]
    public uint GpuInstanceId;

    [FieldOffset(20)]
    public uint ComputeInstanceId;
}
