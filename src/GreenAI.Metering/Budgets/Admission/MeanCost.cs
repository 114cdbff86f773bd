namespace GreenAI.Metering;

/// <summary>What the inferences of a window cost together, and how many they were: for budgets of a mean inference. Of this process.</summary>
/// <remarks>Not thread-safe; allocates at construction only.</remarks>
internal sealed class MeanCost(BudgetWindow window)
{
    private readonly RollingSum? _rollingCost = window.Type == BudgetWindowType.Rolling ? new RollingSum(window.Length) : null;
    private readonly RollingSum? _rollingCount = window.Type == BudgetWindowType.Rolling ? new RollingSum(window.Length) : null;
    private double _cost;
    private long _count;
    private double _rest;
    private long _now;

    /// <summary>In micrograms or microjoules.</summary>
    public double Cost => _rollingCost?.Sum(_now) ?? _cost;

    public long Inferences => _rollingCount?.Sum(_now) ?? _count;

    public void MoveTo(long nowTicks) => _now = nowTicks;

    public void Add(double cost, int inferences)
    {
        if (_rollingCost is null)
        {
            _cost += cost;
            _count += inferences;
            return;
        }

        _rest += cost;
        long whole = (long)Math.Min(_rest, long.MaxValue / 4);
        _rest -= whole;
        _rollingCost.Add(whole, _now);
        _rollingCount!.Add(inferences, _now);
    }

    /// <summary>A calendar window begins.</summary>
    public void Reset() => (_cost, _count) = (0, 0);
}
