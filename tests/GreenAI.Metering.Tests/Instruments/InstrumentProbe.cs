using System.Diagnostics.Metrics;

namespace GreenAI.Metering.Tests;

/// <summary>Listens to one meter factory's instruments, and to nothing else of the process.</summary>
internal sealed class InstrumentProbe : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<InstrumentReading> _readings = [];
    private readonly List<Instrument> _instruments = [];

    public InstrumentProbe(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope != factory || instrument.Meter.Name != InstrumentNames.Meter) return;
            _instruments.Add(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>All that was recorded so far by instruments that are not observable.</summary>
    public IReadOnlyList<InstrumentReading> Recorded(string name)
    {
        lock (_readings) return [.. _readings.Where(reading => reading.Name == name)];
    }

    /// <summary>Asks all observable instruments now.</summary>
    public IReadOnlyList<InstrumentReading> Collect()
    {
        lock (_readings)
        {
            int before = _readings.Count;
            _listener.RecordObservableInstruments();
            InstrumentReading[] collected = [.. _readings.Skip(before)];
            _readings.RemoveRange(before, collected.Length);
            return collected;
        }
    }

    public IReadOnlyList<InstrumentReading> Collect(string name) => [.. Collect().Where(reading => reading.Name == name)];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        InstrumentReading reading = new(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!));
        lock (_readings) _readings.Add(reading);
    }
}
