#if !NET10_0_OR_GREATER
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
#endif

namespace GreenAI.Metering;

/// <summary>User and system time of this process, all its threads, live and ended.</summary>
internal sealed partial class OwnProcessorTime : IBusyTime
{
    public SampleFault TryRead(out long microseconds)
    {
        microseconds = Microseconds();
        return SampleFault.None;
    }

    public void Dispose()
    {
    }

#if NET10_0_OR_GREATER
    private static long Microseconds() => Environment.CpuUsage.TotalTime.Ticks / TimeSpan.TicksPerMicrosecond;
#else
    private const int Self = 0;

    // Process.TotalProcessorTime allocates and, on Linux, reads /proc in steps of 10 ms: it is the last resort.
    private readonly Process? _process =
        OperatingSystem.IsLinux() && nint.Size == sizeof(long) ? null : Process.GetCurrentProcess();

    private long Microseconds() =>
        _process is null ? ResourceUsage() : _process.TotalProcessorTime.Ticks / TimeSpan.TicksPerMicrosecond;

    // struct rusage of 64-bit Linux begins with two struct timeval {seconds, microseconds}: user, then system time. It is
    // 18 longs in glibc and 34 in musl, whose tail the kernel does not write; the buffer holds more than is written.
    [SkipLocalsInit]
    private static unsafe long ResourceUsage()
    {
        long* usage = stackalloc long[32];
        return GetResourceUsage(Self, usage) == 0 ? ((usage[0] + usage[2]) * 1_000_000) + usage[1] + usage[3] : 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetResourceUsage(int who, long* usage);
#endif
}
