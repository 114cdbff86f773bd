using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GreenAI.Metering;

/// <summary>Perf events of the Linux kernel, by <c>perf_event_open(2)</c>; glibc and musl have no function for it.</summary>
internal sealed unsafe partial class PerfEvents : IPerfEvents
{
    private const int AnyGroup = -1;
    private const nuint CloseOnExec = 8;

    public static PerfEvents Instance { get; } = new();

    public int Open(ReadOnlySpan<byte> attributes, int process, int processor, out IPerfCount? count)
    {
        count = null;
        if (SystemCallNumber is not { } number) return PerfError.NoSystemCall;
        nint descriptor;
        fixed (byte* start = attributes)
        {
            descriptor = SystemCall(number, start, process, processor, AnyGroup, CloseOnExec);
        }

        if (descriptor < 0) return Marshal.GetLastPInvokeError();
        count = new Count(new SafeFileHandle(descriptor, ownsHandle: true));
        return PerfError.None;
    }

    // arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
    private static nint? SystemCallNumber => !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 298,
        Architecture.Arm64 => 241,
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, byte* attributes, nint process, nint processor, nint group, nuint flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle handle, byte* buffer, nint length);

    private sealed class Count(SafeFileHandle handle) : IPerfCount
    {
        public int Read(Span<byte> buffer, out int length)
        {
            nint read;
            fixed (byte* start = buffer)
            {
                read = PerfEvents.Read(handle, start, buffer.Length);
            }

            length = (int)Math.Max(read, 0);
            return read < 0 ? Marshal.GetLastPInvokeError() : PerfError.None;
        }

        public void Dispose() => handle.Dispose();
    }
}
