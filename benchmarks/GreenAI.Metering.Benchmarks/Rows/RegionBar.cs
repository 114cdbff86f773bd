using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GreenAI.Metering.Benchmarks;

/// <summary>M1: 20 ms of work as four measured regions of 5 ms in a row, against the same work bare.</summary>
internal sealed class RegionBar : RatioBar
{
    private const int Regions = 4;

    private readonly ZoneTree _zones = new(sockets: 2);
    private readonly EnergyMeter _meter;
    private readonly ModelHandle _model;
    private readonly bool _windows;
    private readonly int _rounds;
    private double _sink;

    /// <param name="name">The row's name.</param>
    /// <param name="windows">
    /// As energy windows, which read the counters (four zones) on the caller's thread at each end, or as inference scopes, which
    /// leave that to the sampler.
    /// </param>
    public RegionBar(string name, bool windows)
        : base(name, limit: 1.005)
    {
        _windows = windows;
        _meter = new EnergyMeter(new GreenAIMeteringOptions { SysfsRoot = _zones.Root, Sources = ["rapl"] });
        _model = _meter.Model("region");
        _meter.Start();
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 200; i++) Work(10_000);
        _rounds = (int)(10_000 * 200 * 5 / Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <inheritdoc />
    protected override int MaxBlock => 1;

    /// <inheritdoc />
    public override void Ours(int operations)
    {
        for (int i = 0; i < operations * Regions; i++)
        {
            if (_windows) Window();
            else Scope();
        }
    }

    /// <inheritdoc />
    public override void Floor(int operations)
    {
        for (int i = 0; i < operations * Regions; i++) Work(_rounds);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _meter.Dispose();
        _zones.Dispose();
    }

    private void Window()
    {
        EnergyWindow window = _meter.StartWindow("region");
        Work(_rounds);
        if (!window.StopAsync().IsCompletedSuccessfully) throw new InvalidOperationException("A zone's window ends at once.");
    }

    private void Scope()
    {
        InferenceScope scope = _meter.Begin(_model);
        Work(_rounds);
        scope.Complete();
    }

    // One piece of code for both sides: inlined twice, its loop may be aligned differently, which is worth more than the bar.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Work(int rounds)
    {
        double value = _sink;
        for (int i = 0; i < rounds; i++) value = Math.Sqrt(value + i);
        _sink = value;
    }
}
