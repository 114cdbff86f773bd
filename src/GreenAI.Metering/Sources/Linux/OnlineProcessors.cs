namespace GreenAI.Metering;

/// <summary>Counts the processors (hardware threads) of the machine that are online.</summary>
/// <remarks><see cref="Environment.ProcessorCount"/> folds affinity and quotas, rounded up: no denominator for energy.</remarks>
internal static class OnlineProcessors
{
    public static int Count(SourceContext context)
    {
        string list = Path.Combine(context.SysfsRoot, "devices", "system", "cpu", "online");
        if (KernelSnapshot.TryRead(list, 4096, out byte[] bytes) == SampleFault.None
            && ProcessorText.TryParseListCount(bytes, out int count))
            return count;

        // The cpuN lines come first; 64 KiB hold several hundred of them.
        return KernelSnapshot.TryRead(Path.Combine(context.ProcRoot, "stat"), 65_536, out bytes) == SampleFault.None
            && ProcessorText.CountProcessorLines(bytes) is > 0 and int lines
            ? lines
            : Environment.ProcessorCount;
    }
}
