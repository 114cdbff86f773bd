using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>Busy time of all processors of the machine, from <c>/proc/stat</c>. It never goes backwards.</summary>
/// <remarks>Not thread-safe. A good reading allocates nothing.</remarks>
internal sealed class MachineBusyTime(string procRoot) : IBusyTime
{
    // USER_HZ, the unit of /proc/stat, is 100 in the user-space ABI of every architecture .NET runs on, whatever CONFIG_HZ is.
    private const long MicrosecondsPerTick = 10_000;
    private const long TicksPerSecond = 100;

    private readonly KernelFile _file = new(System.IO.Path.Combine(procRoot, "stat"));
    private long _last;
    private long _offset;

    public string Path => _file.Path;

    /// <summary>Reads the time now.</summary>
    [SkipLocalsInit]
    public SampleFault TryRead(out long microseconds)
    {
        // The first line has ten fields of at most 20 digits: it fits.
        Span<byte> buffer = stackalloc byte[256];
        microseconds = 0;
        SampleFault fault = _file.TryRead(buffer, out int length);
        if (fault != SampleFault.None) return fault;
        if (!ProcessorText.TryParseBusyTicks(buffer[..length], out long ticks)) return SampleFault.Malformed;
        long total = NeverBackwards(ticks);
        if (total > long.MaxValue / MicrosecondsPerTick) return SampleFault.Malformed;
        microseconds = total * MicrosecondsPerTick;
        return SampleFault.None;
    }

    public void Dispose() => _file.Dispose();

    // A fall of up to a second is jitter of the kernel's sums: wait until it is made up, or it would be counted twice. A deeper
    // fall is a new beginning (a container restored elsewhere, another file mounted over it): go on from there.
    private long NeverBackwards(long ticks)
    {
        long total = ticks + _offset;
        if (total < _last)
        {
            if (_last - total > TicksPerSecond) _offset += _last - total;
            total = _last;
        }

        return _last = total;
    }
}
