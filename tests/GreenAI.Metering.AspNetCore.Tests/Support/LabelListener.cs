using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>Listens to every instrument of ours, and keeps what is measured of the servers under test with its attributes.</summary>
internal sealed class LabelListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(object? Scope, string Row), double> _rows = new();

    public LabelListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("GreenAI.Metering", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Each row as <c>instrument{key=value,...}</c> that was measured with the instruments of a host, and what was measured last.</summary>
    public IReadOnlyDictionary<string, double> Rows(IServiceProvider services)
    {
        _listener.RecordObservableInstruments();
        // The host makes meters that are its own, with its factory as their scope; a meter made by the test's own hands has none.
        IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
        return _rows.Where(row => row.Key.Scope is null || ReferenceEquals(row.Key.Scope, factory)).ToDictionary(row => row.Key.Row, row => row.Value);
    }

    public IReadOnlySet<string> Collect(IServiceProvider services) => Rows(services).Keys.ToHashSet();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] labels = [.. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")];
        _rows[(instrument.Meter.Scope, $"{instrument.Name}{{{string.Join(',', labels)}}}")] = value;
    }
}
