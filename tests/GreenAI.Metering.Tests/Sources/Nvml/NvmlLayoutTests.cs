using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GreenAI.Metering.Tests;

// Sizes and offsets of the header, checked with gcc on x86-64; NvmlStub.c asserts the same at compile time.
public sealed class NvmlLayoutTests
{
    [Fact]
    public void Sizes_AreThoseOfTheHeader()
    {
        Assert.Equal(8, Unsafe.SizeOf<NvmlUtilization>());
        Assert.Equal(40, Unsafe.SizeOf<NvmlFieldValue>());
        Assert.Equal(24, Unsafe.SizeOf<NvmlProcessInfo>());
        Assert.Equal(32, Unsafe.SizeOf<NvmlProcessUtilizationSample>());
    }

    [Theory]
    [InlineData(typeof(NvmlUtilization), nameof(NvmlUtilization.Gpu), 0)]
    [InlineData(typeof(NvmlUtilization), nameof(NvmlUtilization.Memory), 4)]
    [InlineData(typeof(NvmlFieldValue), nameof(NvmlFieldValue.Field), 0)]
    [InlineData(typeof(NvmlFieldValue), nameof(NvmlFieldValue.Scope), 4)]
    [InlineData(typeof(NvmlFieldValue), nameof(NvmlFieldValue.Timestamp), 8)]
    [InlineData(typeof(NvmlFieldValue), nameof(NvmlFieldValue.LatencyMicroseconds), 16)]
    [InlineData(typeof(NvmlFieldValue), nameof(NvmlFieldValue.ValueType), 24)]
    [InlineData(typeof(NvmlFieldValue), nameof(NvmlFieldValue.Return), 28)]
    [InlineData(typeof(NvmlFieldValue), nameof(NvmlFieldValue.Bits), 32)]
    [InlineData(typeof(NvmlProcessInfo), nameof(NvmlProcessInfo.ProcessId), 0)]
    [InlineData(typeof(NvmlProcessInfo), nameof(NvmlProcessInfo.UsedGpuMemory), 8)]
    [InlineData(typeof(NvmlProcessInfo), nameof(NvmlProcessInfo.GpuInstanceId), 16)]
    [InlineData(typeof(NvmlProcessInfo), nameof(NvmlProcessInfo.ComputeInstanceId), 20)]
    [InlineData(typeof(NvmlProcessUtilizationSample), nameof(NvmlProcessUtilizationSample.ProcessId), 0)]
    [InlineData(typeof(NvmlProcessUtilizationSample), nameof(NvmlProcessUtilizationSample.Timestamp), 8)]
    [InlineData(typeof(NvmlProcessUtilizationSample), nameof(NvmlProcessUtilizationSample.Sm), 16)]
    [InlineData(typeof(NvmlProcessUtilizationSample), nameof(NvmlProcessUtilizationSample.Memory), 20)]
    [InlineData(typeof(NvmlProcessUtilizationSample), nameof(NvmlProcessUtilizationSample.Encoder), 24)]
    [InlineData(typeof(NvmlProcessUtilizationSample), nameof(NvmlProcessUtilizationSample.Decoder), 28)]
    public void Offsets_AreThoseOfTheHeader(Type type, string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf(type, field));
}
