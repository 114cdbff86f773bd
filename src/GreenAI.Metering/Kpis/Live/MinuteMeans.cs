namespace GreenAI.Metering;

/// <summary>The means of the last 1,440 whole minutes of a device class's utilisation. Fixed memory.</summary>
internal sealed class MinuteMeans(long frequency)
{
    private const int Capacity = 1440;

    private readonly double[] _means = new double[Capacity];
    private DeviceClassTime _atStart;
    private long _start = long.MinValue;
    private int _next;

    public int Count { get; private set; }

    public ReadOnlySpan<double> Means => _means.AsSpan(0, Count);

    public void Add(in DeviceClassTime time, long now)
    {
        if (_start == long.MinValue) (_start, _atStart) = (now, time);
        if (now - _start < 60 * frequency) return;
        DeviceClassTime minute = time - _atStart;
        (_start, _atStart) = (now, time);
        // A minute in which nothing told the utilisation is no minute of rest.
        if (minute.Provisioned <= 0) return;
        _means[_next] = Math.Clamp(minute.Used / minute.Provisioned, 0, 1);
        _next = (_next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }
}
