namespace GreenAI.Metering;

/// <summary>A source whose readings are recorded as they pass.</summary>
internal sealed class TracedPowerSource(IPowerSource source, int index, TraceRecorder recorder, TimeProvider timeProvider) : IPowerSource
{
    public string Name => source.Name;

    public IReadOnlyList<PowerDevice> Devices => source.Devices;

    public void Read(Span<PowerSample> samples)
    {
        try
        {
            source.Read(samples);
        }
        catch
        {
            recorder.SourceThrew(index);
            throw;
        }

        // As the meter would do it afterwards: what it would ask the clock for is in the trace then.
        foreach (ref PowerSample sample in samples)
        {
            if (sample.Timestamp == 0) sample = sample with { Timestamp = timeProvider.GetTimestamp() };
        }

        recorder.Read(index, samples);
    }

    public void Dispose() => source.Dispose();
}
