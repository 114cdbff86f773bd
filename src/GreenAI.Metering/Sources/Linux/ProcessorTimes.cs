namespace GreenAI.Metering;

/// <summary>Our processor time and the machine's, read one right after the other.</summary>
/// <param name="busy">The machine's.</param>
/// <param name="own">Ours; null when all work of the machine is ours.</param>
/// <param name="processorCount">Online processors.</param>
internal sealed class ProcessorTimes(IBusyTime busy, IBusyTime? own, int processorCount) : IProcessorTimes, IDisposable
{
    public bool TryRead(out ProcessorTimesReading reading)
    {
        reading = default;
        if (busy.TryRead(out long busyMicroseconds) != SampleFault.None) return false;
        long ownMicroseconds = busyMicroseconds;
        if (own is not null && own.TryRead(out ownMicroseconds) != SampleFault.None) return false;
        reading = new ProcessorTimesReading(ownMicroseconds / 1e6, busyMicroseconds / 1e6, processorCount);
        return true;
    }

    public void Dispose()
    {
        busy.Dispose();
        own?.Dispose();
    }
}
