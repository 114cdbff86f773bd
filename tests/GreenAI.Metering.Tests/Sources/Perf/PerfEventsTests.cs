using System.Runtime.InteropServices;

namespace GreenAI.Metering.Tests;

/// <summary>The system call itself, with an event every kernel has.</summary>
public sealed class PerfEventsTests
{
    private const uint Software = 1;     // PERF_TYPE_SOFTWARE
    private const ulong TaskClock = 1;   // PERF_COUNT_SW_TASK_CLOCK, nanoseconds
    private const int FlagBits = 40;
    private const byte ExcludeKernel = 1 << 5;

    [Fact]
    public void Read_ARealSoftwareEvent_CountsUp()
    {
        using IPerfCount count = OpenTaskClock();
        ulong first = Read(count);
        ulong last = first;
        for (int i = 0; i < 1_000_000 && last == first; i++) last = Read(count);
        Assert.True(last > first);
    }

    [Fact]
    public void Read_ARealEvent_AllocatesNothing()
    {
        using IPerfCount count = OpenTaskClock();
        Assert.Equal(0, ReadAllocations.Count(() => count.Read(stackalloc byte[8], out _)));
    }

    [Fact]
    public void Read_TooShortABuffer_IsTheKernelsError()
    {
        using IPerfCount count = OpenTaskClock();
        Assert.Equal(28, count.Read(stackalloc byte[4], out int length)); // ENOSPC
        Assert.Equal(0, length);
    }

    [Fact]
    public void Open_AnUnknownType_IsTheKernelsError()
    {
        OpenTaskClock().Dispose();
        byte[] attributes = PerfAttributes.Create(0x7fff_0000, 2, PerfAttributes.Size);
        attributes[FlagBits] = ExcludeKernel;
        int error = PerfEvents.Instance.Open(attributes, 0, -1, out IPerfCount? count);
        Assert.Null(count);
        Assert.Equal(PerfError.NoEntry, error);
    }

    [Fact]
    public void Open_NoSizeAKernelKnows_IsTooBig()
    {
        OpenTaskClock().Dispose();
        byte[] attributes = PerfAttributes.Create(Software, TaskClock, 4096);
        attributes[^1] = 1; // Not 0 beyond what the kernel knows: refused by every kernel.
        Assert.Equal(PerfError.TooBig, PerfEvents.Instance.Open(attributes, 0, -1, out _));
    }

    [Fact]
    public void Open_ElsewhereThanOnLinux_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsLinux(), "This is Linux.");
        Assert.Equal(PerfError.NoSystemCall, PerfEvents.Instance.Open(new byte[PerfAttributes.Size], 0, -1, out _));
    }

    private static IPerfCount OpenTaskClock()
    {
        byte[] attributes = PerfAttributes.Create(Software, TaskClock, PerfAttributes.Size);
        attributes[FlagBits] = ExcludeKernel; // Or perf_event_paranoid 2 would refuse an unprivileged process.
        int error = PerfEvents.Instance.Open(attributes, 0, -1, out IPerfCount? count);
        Assert.SkipUnless(error == PerfError.None, $"The kernel refuses a software event of this process with error {error}.");
        return count!;
    }

    private static ulong Read(IPerfCount count)
    {
        Span<byte> bytes = stackalloc byte[8];
        Assert.Equal(PerfError.None, count.Read(bytes, out int length));
        Assert.Equal(8, length);
        return MemoryMarshal.Read<ulong>(bytes);
    }
}
