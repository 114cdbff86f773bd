using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>Processor time of a control group, ended children included, from <c>usage_usec</c> of its <c>cpu.stat</c>.</summary>
/// <remarks>Not thread-safe. A good reading allocates nothing.</remarks>
internal sealed class ControlGroupProcessorTime(string directory) : IBusyTime
{
    private readonly KernelFile _file = new(Path.Combine(directory, "cpu.stat"));

    [SkipLocalsInit]
    public SampleFault TryRead(out long microseconds)
    {
        // usage_usec is the first line (Documentation/admin-guide/cgroup-v2.rst); what lies beyond the buffer is not needed.
        Span<byte> buffer = stackalloc byte[256];
        microseconds = 0;
        SampleFault fault = _file.TryRead(buffer, out int length);
        if (fault != SampleFault.None) return fault;
        return ProcessorText.TryFindValue(buffer[..length], "usage_usec"u8, out microseconds)
            ? SampleFault.None
            : SampleFault.Malformed;
    }

    public void Dispose() => _file.Dispose();
}
