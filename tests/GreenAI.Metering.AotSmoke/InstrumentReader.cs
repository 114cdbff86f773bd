using System.Diagnostics.Metrics;

namespace GreenAI.Metering.AotSmoke;

/// <summary>Listens to every instrument of the meter and keeps what it saw.</summary>
internal sealed class InstrumentReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly object _gate = new();
    private readonly Dictionary<string, double> _sums = [];
    private readonly Dictionary<string, int> _recordings = [];

    public InstrumentReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == InstrumentNames.Meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments, as an exporter does at each collection.</summary>
    public void Collect() => _listener.RecordObservableInstruments();

    /// <summary>Sum of what an instrument gave over all its attributes; null when it gave nothing.</summary>
    public double? Sum(string instrument)
    {
        lock (_gate) return _sums.TryGetValue(instrument, out double sum) ? sum : null;
    }

    public int Recordings(string instrument)
    {
        lock (_gate) return _recordings.GetValueOrDefault(instrument);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(string instrument, double value)
    {
        lock (_gate)
        {
            _sums[instrument] = _sums.GetValueOrDefault(instrument) + value;
            _recordings[instrument] = _recordings.GetValueOrDefault(instrument) + 1;
        }
    }
}
