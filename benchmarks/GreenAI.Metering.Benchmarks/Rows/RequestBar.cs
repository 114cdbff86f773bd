using System.Diagnostics.Metrics;

namespace GreenAI.Metering.Benchmarks;

/// <summary><c>Begin</c> and <c>Complete</c> of one request, on one thread; bills are settled between the blocks.</summary>
internal sealed class RequestBar : RatioBar
{
    private readonly EnergyMeter _meter = BenchmarkMeter.Create(TimeProvider.System);
    private readonly ModelHandle _model;
    private readonly MeterListener? _listener;
    private long _sink;

    /// <param name="name">The row's name.</param>
    /// <param name="limit">The bar.</param>
    /// <param name="listening">Whether a listener takes all instruments of the meter.</param>
    public RequestBar(string name, double limit, bool listening)
        : base(name, limit)
    {
        _model = _meter.Model("model");
        if (listening) _listener = BenchmarkListener.Start(() => _sink++);
    }

    /// <inheritdoc />
    protected override int MaxBlock => 4096;

    /// <inheritdoc />
    public override void Ours(int operations)
    {
        long sum = 0;
        for (int i = 0; i < operations; i++)
        {
            InferenceScope scope = _meter.Begin(_model);
            sum += scope.Complete().Units;
        }

        _sink = sum;
    }

    /// <inheritdoc />
    public override void Floor(int operations) => ClockFloor.Run(operations);

    /// <inheritdoc />
    public override void Dispose()
    {
        _listener?.Dispose();
        if (_meter.GetTotals().DroppedScopes > 0) throw new InvalidOperationException("A dropped scope costs less than a tracked one.");
        _meter.Dispose();
    }

    /// <inheritdoc />
    protected override void After() => _meter.Engine.CloseNow(closeStandstill: true);
}
