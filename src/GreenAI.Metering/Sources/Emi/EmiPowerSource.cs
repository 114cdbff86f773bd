namespace GreenAI.Metering;

/// <summary>Reads the RAPL counters of packages and memory through Windows' Energy Meter Interface.</summary>
/// <remarks>
/// Windows 11 on bare metal offers it to every user. Not yet verified on hardware: proven on constructed buffers only. Not
/// thread-safe: the sampler reads it from one thread at a time.
/// </remarks>
internal sealed class EmiPowerSource(IReadOnlyList<EmiReading> readings, IReadOnlyList<PowerDevice> devices) : IPowerSource
{
    private readonly EmiReading[] _readings = [.. readings];
    private readonly EmiDevice[] _meters = [.. readings.Select(static reading => reading.Device).Distinct()];

    public string Name => EmiReport.SourceName;

    public IReadOnlyList<PowerDevice> Devices => devices;

    public void Read(Span<PowerSample> samples)
    {
        foreach (EmiDevice meter in _meters) meter.Measure();
        for (int i = 0; i < _readings.Length; i++) samples[i] = _readings[i].Sample();
    }

    public void Dispose()
    {
        foreach (EmiDevice meter in _meters) meter.Dispose();
    }
}
