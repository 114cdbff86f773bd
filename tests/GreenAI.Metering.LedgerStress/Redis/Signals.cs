using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GreenAI.Metering.LedgerStress;

/// <summary>Signals to processes that this program started.</summary>
internal static class Signals
{
    // Linux's numbers on x64 and Arm64.
    private const int Continue = 18;
    private const int Stop = 19;

    public static void Pause(Process process) => Send(process, Stop);

    public static void Resume(Process process) => Send(process, Continue);

    private static void Send(Process process, int signal)
    {
        if (kill(process.Id, signal) != 0) throw new InvalidOperationException($"The signal {signal} could not be sent.");
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int kill(int process, int signal);
}
