namespace GreenAI.Metering;

/// <summary>
/// For how long processor quotas have held a control group back, from <c>throttled_usec</c> of its own and of the groups above it:
/// each group counts for its own quota only (kernel/sched/core.c, <c>cpu_extra_stat_show</c>).
/// </summary>
/// <remarks>Not thread-safe. A good reading allocates nothing.</remarks>
internal sealed class ControlGroupThrottling : IBusyTime
{
    // cpu.stat holds a dozen numbers; with the longest of them throttled_usec still ends within this.
    private const int BufferLength = 512;

    private readonly KernelFile[] _files;
    private readonly byte[] _buffer = new byte[BufferLength];

    private ControlGroupThrottling(KernelFile[] files) => _files = files;

    /// <summary>Looks which groups tell it; null when none does.</summary>
    public static ControlGroupThrottling? Find(ControlGroup group)
    {
        string[] telling = [.. group.Directories().Select(static directory => Path.Combine(directory, "cpu.stat")).Where(Tells)];
        return telling.Length == 0 ? null : new ControlGroupThrottling([.. telling.Select(static path => new KernelFile(path))]);
    }

    public SampleFault TryRead(out long microseconds)
    {
        microseconds = 0;
        foreach (KernelFile file in _files)
        {
            SampleFault fault = file.TryRead(_buffer, out int length);
            if (fault != SampleFault.None) return fault;
            if (!TryParse(_buffer.AsSpan(0, length), out long own)) return SampleFault.Malformed;
            microseconds += own;
        }

        return SampleFault.None;
    }

    public void Dispose()
    {
        foreach (KernelFile file in _files) file.Dispose();
    }

    private static bool Tells(string path) =>
        KernelSnapshot.TryRead(path, BufferLength, out byte[] text) == SampleFault.None && TryParse(text, out _);

    private static bool TryParse(ReadOnlySpan<byte> text, out long microseconds) =>
        ProcessorText.TryFindValue(text, "throttled_usec"u8, out microseconds);
}
