namespace GreenAI.Metering;

/// <summary>Opens perf events: the kernel, or a test's stand-in for it.</summary>
internal interface IPerfEvents
{
    /// <summary>Opens a counting event; never throws.</summary>
    /// <param name="attributes">The bytes of <c>struct perf_event_attr</c>.</param>
    /// <param name="process">0 for this process, −1 for all.</param>
    /// <param name="processor">The number of the processor to count on; −1 for any.</param>
    /// <param name="count">The open event; null when it failed.</param>
    /// <returns>0, or the error number.</returns>
    int Open(ReadOnlySpan<byte> attributes, int process, int processor, out IPerfCount? count);
}
