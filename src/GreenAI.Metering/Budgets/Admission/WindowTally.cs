namespace GreenAI.Metering;

/// <summary>What was charged in a window by this process, by tier, and to how many inferences.</summary>
/// <remarks>Not thread-safe; allocates at construction only. A rolling window is summed by sixtieths of its length.</remarks>
internal sealed class WindowTally(BudgetWindow window)
{
    private readonly RollingSum? _rollingMeasured = Sum(window);
    private readonly RollingSum? _rollingModelled = Sum(window);
    private readonly RollingSum? _rollingCount = Sum(window);
    private readonly RollingSum? _rollingUnmetered = Sum(window);
    private double _measured;
    private double _modelled;
    private long _count;
    private long _unmetered;
    private long _now;

    /// <summary>In micrograms or microjoules.</summary>
    public double Measured => _rollingMeasured?.Sum(_now) ?? _measured;

    /// <summary>In micrograms or microjoules.</summary>
    public double Modelled => _rollingModelled?.Sum(_now) ?? _modelled;

    /// <summary>Inferences whose cost is known.</summary>
    public long Inferences => _rollingCount?.Sum(_now) ?? _count;

    /// <summary>Inferences whose cost is not known.</summary>
    public long Unmetered => _rollingUnmetered?.Sum(_now) ?? _unmetered;

    public void MoveTo(long nowTicks) => _now = nowTicks;

    public void AddUnmetered()
    {
        _unmetered++;
        _rollingUnmetered?.Add(1, _now);
    }

    public void Add(double amount, MeasurementTier tier, bool isInference)
    {
        if (isInference) _count++;
        _rollingCount?.Add(isInference ? 1 : 0, _now);
        if (tier == MeasurementTier.Measured) Add(ref _measured, amount, _rollingMeasured);
        else Add(ref _modelled, amount, _rollingModelled);
    }

    /// <summary>A calendar window begins.</summary>
    public void Reset() => (_measured, _modelled, _count, _unmetered) = (0, 0, 0, 0);

    // Of a rolling window the field holds what does not come to a whole unit yet.
    private void Add(ref double sum, double amount, RollingSum? rolling)
    {
        sum += amount;
        if (rolling is null) return;
        long whole = (long)Math.Min(sum, long.MaxValue / 4);
        sum -= whole;
        rolling.Add(whole, _now);
    }

    private static RollingSum? Sum(BudgetWindow window) => window.Type == BudgetWindowType.Rolling ? new RollingSum(window.Length) : null;
}
