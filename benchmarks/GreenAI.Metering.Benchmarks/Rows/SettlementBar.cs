namespace GreenAI.Metering.Benchmarks;

/// <summary>Settling one finished request on one device: a close over a block of them, its fixed cost included.</summary>
internal sealed class SettlementBar : RatioBar
{
    private readonly SteppedTime _time = new();
    private readonly EnergyMeter _meter;

    public SettlementBar()
        : base("settlement", limit: 0.8) => _meter = BenchmarkMeter.Create(_time);

    /// <inheritdoc />
    protected override int MaxBlock => 4096;

    /// <inheritdoc />
    public override void Ours(int operations) => _meter.Engine.Tick();

    /// <inheritdoc />
    public override void Floor(int operations) => ClockFloor.Run(operations);

    /// <inheritdoc />
    public override void Dispose() => _meter.Dispose();

    /// <inheritdoc />
    protected override void Before(int operations)
    {
        ModelHandle model = _meter.Model("model");
        for (int i = 0; i < operations; i++) _meter.Begin(model).Complete();
        _time.Step(TimeSpan.FromMilliseconds(100));
    }

    /// <inheritdoc />
    protected override void After()
    {
        ModelTotals totals = _meter.GetTotals().Model("model")!;
        if (totals.Open != Energy.Zero) throw new InvalidOperationException("Every request of the block must be settled.");
    }
}
