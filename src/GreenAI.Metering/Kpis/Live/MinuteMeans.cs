namespace GreenAI.Metering;

/// <summary>The means of the last 1,440 whole minutes of a device class's utilisation. Fixed memory.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class MinuteMeans(long frequency, string estimator)
{
    private const int Capacity = 1440;

    private readonly double[] _means = new double[Capacity];
    private readonly double[] _scratch = new double[Capacity];
    private DeviceClassTime _atStart;
    private KpiValue? _sustained;
    private long _start = long.MinValue;
    private int _next;

    public int Count { get; private set; }

    /// <summary>The 5th percentile; sorted anew once a minute, however often it is asked for.</summary>
    public KpiValue Sustained
    {
        get
        {
            if (_sustained is { } known) return known;
            KpiValue value = HardwareUtilization.Sustained(_means.AsSpan(0, Count), _scratch, MeasurementTier.Measured, null, estimator) with
            {
                Window = TimeSpan.FromMinutes(Count),
            };
            _sustained = value;
            return value;
        }
    }

    public void Add(in DeviceClassTime time, long now)
    {
        if (_start == long.MinValue) (_start, _atStart) = (now, time);
        long length = now - _start;
        if (length < 60 * frequency) return;
        DeviceClassTime minute = time - _atStart;
        (_start, _atStart) = (now, time);
        // A minute in which nothing told the utilisation is no minute of rest; and what nobody looked at for two is no minute at all.
        if (minute.Provisioned <= 0 || length >= 120 * frequency) return;
        _means[_next] = Math.Clamp(minute.Used / minute.Provisioned, 0, 1);
        _next = (_next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
        _sustained = null;
    }
}
