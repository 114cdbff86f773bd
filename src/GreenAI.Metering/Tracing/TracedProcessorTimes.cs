namespace GreenAI.Metering;

/// <summary>Processor times that are recorded as they pass.</summary>
internal sealed class TracedProcessorTimes(IProcessorTimes times, TraceRecorder recorder) : IProcessorTimes, IDisposable
{
    public bool TryRead(out ProcessorTimesReading reading)
    {
        bool read = times.TryRead(out reading);
        recorder.ProcessorTimes(read, reading);
        return read;
    }

    public void Dispose() => (times as IDisposable)?.Dispose();
}
