namespace GreenAI.Metering;

/// <summary>Our processor time and the machine's, read one right after the other.</summary>
/// <param name="busy">The machine's.</param>
/// <param name="own">Ours; null when all work of the machine is ours.</param>
/// <param name="processorCount">Online processors.</param>
/// <param name="throttled">For how long a quota has held us back; null when that is not known.</param>
internal sealed class ProcessorTimes(IBusyTime busy, IBusyTime? own, int processorCount, IBusyTime? throttled = null)
    : IProcessorTimes, IDisposable
{
    public bool TryRead(out ProcessorTimesReading reading)
    {
        reading = default;
        if (busy.TryRead(out long busyMicroseconds) != SampleFault.None) return false;
        long ownMicroseconds = busyMicroseconds;
        if (own is not null && own.TryRead(out ownMicroseconds) != SampleFault.None) return false;

        // Not knowing it costs no share.
        long throttledMicroseconds = 0;
        bool known = throttled is not null && throttled.TryRead(out throttledMicroseconds) == SampleFault.None;
        double throttledSeconds = known ? throttledMicroseconds / 1e6 : double.NaN;
        reading = new ProcessorTimesReading(ownMicroseconds / 1e6, busyMicroseconds / 1e6, processorCount, throttledSeconds);
        return true;
    }

    public void Dispose()
    {
        busy.Dispose();
        own?.Dispose();
        throttled?.Dispose();
    }
}
