namespace GreenAI.Metering;

/// <summary>Load and green energy hour by hour, over the last 366 days. Fixed memory: 24 bytes an hour.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RenewableBooks
{
    private const int Capacity = 366 * 24;

    private readonly long[] _hours = new long[Capacity];
    private readonly double[] _load = new double[Capacity];
    private readonly double[] _green = new double[Capacity];
    private long _first = long.MaxValue;

    /// <summary>Whether anybody said anything of green energy.</summary>
    public bool IsReported { get; private set; }

    /// <summary>Load by hour in kWh, in no order.</summary>
    public ReadOnlySpan<double> Load => _load;

    /// <summary>Green energy by the same hours in kWh.</summary>
    public ReadOnlySpan<double> Green => _green;

    public void AddLoad(double kilowattHours, DateTimeOffset utc)
    {
        long hour = Hour(utc);
        _first = Math.Min(_first, utc.UtcTicks);
        int cell = Cell(hour);
        if (cell >= 0) _load[cell] += kilowattHours;
    }

    /// <summary>Spreads green energy evenly over a time that is over; what lies before metering began, or too long ago, is left out.</summary>
    public void AddGreen(double kilowattHours, DateTimeOffset from, DateTimeOffset to)
    {
        IsReported = true;
        double perTick = kilowattHours / (to - from).Ticks;
        long start = Math.Max(from.UtcTicks, _first);
        for (long hour = start / TimeSpan.TicksPerHour; hour <= Hour(to); hour++)
        {
            long begin = Math.Max(hour * TimeSpan.TicksPerHour, start), end = Math.Min((hour + 1) * TimeSpan.TicksPerHour, to.UtcTicks);
            int cell = end > begin ? Cell(hour) : -1;
            if (cell >= 0) _green[cell] += perTick * (end - begin);
        }
    }

    private static long Hour(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    // −1 for an hour whose place a later one has taken.
    private int Cell(long hour)
    {
        int cell = (int)(hour % Capacity);
        if (_hours[cell] == hour) return cell;
        if (_hours[cell] > hour) return -1;
        _hours[cell] = hour;
        _load[cell] = _green[cell] = 0;
        return cell;
    }
}
