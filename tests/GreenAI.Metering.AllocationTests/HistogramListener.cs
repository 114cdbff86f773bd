using System.Diagnostics.Metrics;

namespace GreenAI.Metering.AllocationTests;

/// <summary>Listens to the histograms of inferences, as an exporter does, and counts what they record.</summary>
internal sealed class HistogramListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _energies;
    private long _emissions;
    private long _durations;

    public HistogramListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == InstrumentNames.Meter && instrument is Histogram<double>)
                listener.EnableMeasurementEvents(instrument, instrument.Name);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, name) => Count((string)name!));
        _listener.Start();
    }

    public long Energies => Volatile.Read(ref _energies);

    public long Emissions => Volatile.Read(ref _emissions);

    public long Durations => Volatile.Read(ref _durations);

    public void Dispose() => _listener.Dispose();

    private void Count(string name)
    {
        if (name == InstrumentNames.InferenceEnergy) Interlocked.Increment(ref _energies);
        if (name == InstrumentNames.InferenceEmissions) Interlocked.Increment(ref _emissions);
        if (name == InstrumentNames.InferenceDuration) Interlocked.Increment(ref _durations);
    }
}
