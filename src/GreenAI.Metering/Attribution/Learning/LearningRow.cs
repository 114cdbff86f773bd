namespace GreenAI.Metering;

/// <summary>Gathers a device's intervals until they make a row: mean watts, and mean concurrency by model.</summary>
internal sealed class LearningRow(int models)
{
    private readonly double[] _activeSeconds = new double[models];
    private double _joules;
    private double _seconds;
    private double _busySeconds;

    public double Seconds => _seconds;

    /// <summary>Mean watts above the floor, after the process share; noise may make them negative.</summary>
    public double Watts => _joules / _seconds;

    /// <summary>Share of the time in which any model that uses the device was active.</summary>
    public double Busy => Math.Min(1, _busySeconds / _seconds);

    public double Concurrency(int model) => _activeSeconds[model] / _seconds;

    public void Add(double joules, double seconds, double busySeconds)
    {
        _joules += joules;
        _seconds += seconds;
        _busySeconds += busySeconds;
    }

    public void AddActive(int model, double seconds) => _activeSeconds[model] += seconds;

    public void Clear()
    {
        Array.Clear(_activeSeconds);
        _joules = _seconds = _busySeconds = 0;
    }
}
