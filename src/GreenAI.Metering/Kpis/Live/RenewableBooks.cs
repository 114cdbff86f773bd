namespace GreenAI.Metering;

/// <summary>Load and green energy hour by hour, over the last 366 days. Fixed memory: 12 bytes an hour, 20 once green energy is reported.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RenewableBooks
{
    private const int Capacity = 366 * 24;

    private readonly int[] _hours = new int[Capacity];
    private readonly double[] _load = new double[Capacity];
    private double[] _green = [];
    private long _first = long.MaxValue;

    /// <summary>Whether anybody said anything of green energy.</summary>
    public bool IsReported => _green.Length > 0;

    /// <summary>Load by hour in kWh, in no order.</summary>
    public ReadOnlySpan<double> Load => _load;

    /// <summary>Green energy by the same hours in kWh; empty when nobody said anything of it.</summary>
    public ReadOnlySpan<double> Green => _green;

    public void AddLoad(double kilowattHours, DateTimeOffset utc)
    {
        int hour = Hour(utc.UtcTicks);
        _first = Math.Min(_first, utc.UtcTicks);
        int cell = Cell(hour);
        if (cell >= 0) _load[cell] += kilowattHours;
    }

    /// <summary>Spreads green energy evenly over a time that is over; what lies before metering began, or too long ago, is left out.</summary>
    public void AddGreen(double kilowattHours, DateTimeOffset from, DateTimeOffset to)
    {
        if (!IsReported) _green = new double[Capacity];
        double perTick = kilowattHours / (to - from).Ticks;
        long start = Math.Max(from.UtcTicks, _first);
        for (int hour = Hour(start); hour <= Hour(to.UtcTicks); hour++)
        {
            long begin = Math.Max(hour * TimeSpan.TicksPerHour, start), end = Math.Min((hour + 1) * TimeSpan.TicksPerHour, to.UtcTicks);
            int cell = end > begin ? Cell(hour) : -1;
            if (cell >= 0) _green[cell] += perTick * (end - begin);
        }
    }

    private static int Hour(long utcTicks) => (int)(utcTicks / TimeSpan.TicksPerHour);

    // −1 for an hour whose place a later one has taken.
    private int Cell(int hour)
    {
        int cell = hour % Capacity;
        if (_hours[cell] == hour) return cell;
        if (_hours[cell] > hour) return -1;
        _hours[cell] = hour;
        _load[cell] = 0;
        if (IsReported) _green[cell] = 0;
        return cell;
    }
}
