using System.Diagnostics.Metrics;

namespace GreenAI.Metering.Tests;

/// <summary>A meter factory of one test: listeners scoped by it hear nothing of other tests.</summary>
internal sealed class ScopedMeters : IMeterFactory
{
    private readonly List<Meter> _made = [];

    public IReadOnlyList<Meter> Made => _made;

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        Meter meter = new(options);
        _made.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        foreach (Meter meter in _made) meter.Dispose();
    }
}
