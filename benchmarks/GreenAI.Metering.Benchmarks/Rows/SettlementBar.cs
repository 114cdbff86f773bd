namespace GreenAI.Metering.Benchmarks;

/// <summary>Settling one finished request on one device: a close over a block of them, its fixed cost included.</summary>
internal sealed class SettlementBar : RatioBar
{
    private readonly SteppedTime _time = new();
    private readonly EnergyMeter _meter;
    private readonly ModelHandle _model;

    /// <param name="name">The row's name.</param>
    /// <param name="limit">The bar.</param>
    /// <param name="policy">The policy under which each request was admitted; null for none.</param>
    public SettlementBar(string name, double limit, BudgetPolicy? policy)
        : base(name, limit)
    {
        _meter = BenchmarkMeter.Create(_time, policy: policy);
        _model = _meter.Model(Budgeted.Model);
    }

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
        for (int i = 0; i < operations; i++) _meter.Begin(_model, _meter.TryAdmit(_model)).Complete();
        _time.Step(TimeSpan.FromMilliseconds(100));
    }

    /// <inheritdoc />
    protected override void After()
    {
        ModelTotals totals = _meter.GetTotals().Model(Budgeted.Model)!;
        if (totals.Open != Energy.Zero) throw new InvalidOperationException("Every request of the block must be settled.");
    }
}
