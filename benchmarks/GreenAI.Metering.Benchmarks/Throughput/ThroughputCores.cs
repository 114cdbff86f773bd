using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// One core for the server and one for the client: the client needs less of its core than the server does, so that the server is what bounds throughput.
/// </summary>
internal static class ThroughputCores
{
    public static void Take(Process process, bool server)
    {
        // Not asked how many there are: the server inherits its parent's one core, and counts no other.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) process.ProcessorAffinity = server ? 2 : 1;
    }
}
