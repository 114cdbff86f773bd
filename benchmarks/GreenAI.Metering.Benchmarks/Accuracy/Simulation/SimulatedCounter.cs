namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// An energy counter over true energy: refreshed once a period at a random phase, in steps of its unit, noisy, never falling. A reader sees
/// it as of the last refresh, so up to a period old.
/// </summary>
/// <remarks>
/// Noise of σ watts rms per 100 ms is white in power: over a time t its energy has a standard deviation of σ · √(0.1 s · t). A real counter has a
/// gain error too, which this one has not; so none is stated unless the scenario does.
/// </remarks>
internal sealed class SimulatedCounter : IPowerSource
{
    private const double FirstJoules = 4321.5;

    private readonly CounterPlan _plan;
    private readonly SimulatedTime _time;
    private readonly Draw _noise;
    private readonly long _period;
    private readonly long _phase;
    private long _refreshed;
    private double _joules;
    private long _noiseTime;
    private double _noiseJoules;
    private long _shown;

    /// <param name="id">The device's identifier.</param>
    /// <param name="plan">How it shows energy.</param>
    /// <param name="wattsBefore">True power before the simulation began: the first refresh shows a whole period's energy, as all do.</param>
    /// <param name="time">Simulated time.</param>
    /// <param name="seed">Decides phase and noise.</param>
    public SimulatedCounter(string id, CounterPlan plan, double wattsBefore, SimulatedTime time, int seed)
    {
        (_plan, _time) = (plan, time);
        _noise = new Draw(seed, DrawPurpose.CounterNoise);
        _period = SimulatedTime.Nanoseconds(plan.PeriodSeconds);
        _phase = (long)(new Draw(seed, DrawPurpose.CounterPhase).Uniform() * _period);
        _refreshed = _noiseTime = _phase - _period;
        _joules = wattsBefore * _refreshed / SimulatedTime.Second;
        Devices =
        [
            new PowerDevice
            {
                Id = id,
                Name = "Simulated counter",
                Domain = plan.FollowsProcessorTime ? EnergyDomain.CpuPackage : EnergyDomain.Gpu,
                Tier = MeasurementTier.Measured,
                UpdatePeriod = TimeSpan.FromSeconds(plan.PeriodSeconds),
                Uncertainty = RelativeUncertainty.Symmetric(plan.Uncertainty),
                SharedByCpuTime = plan.FollowsProcessorTime,
            },
        ];
    }

    public string Name => "simulation";

    public IReadOnlyList<PowerDevice> Devices { get; }

    /// <summary>What the counter rose from its first reading to its last, in microjoules.</summary>
    public long Rise => First is { } first ? _shown - first : 0;

    private long? First { get; set; }

    /// <summary>Takes in that power went evenly from one value to another over a time.</summary>
    /// <param name="from">The beginning, in nanoseconds.</param>
    /// <param name="until">The end.</param>
    /// <param name="joules">True energy at the beginning.</param>
    /// <param name="watts">True power at the beginning.</param>
    /// <param name="wattsAtEnd">True power at the end.</param>
    public void Advance(long from, long until, double joules, double watts, double wattsAtEnd)
    {
        long refresh = _phase + ((until - _phase) / _period * _period);
        if (until < _phase || refresh <= from) return;
        double seconds = (refresh - from) / (double)SimulatedTime.Second;
        double slope = (wattsAtEnd - watts) * SimulatedTime.Second / (until - from);
        _refreshed = refresh;
        _joules = joules + (watts * seconds) + (slope * seconds * seconds / 2);
    }

    public void Read(Span<PowerSample> samples)
    {
        double seconds = (_refreshed - _noiseTime) / (double)SimulatedTime.Second;
        if (seconds > 0) _noiseJoules += _plan.NoiseWatts * Math.Sqrt(0.1 * seconds) * _noise.Normal();
        _noiseTime = _refreshed;
        double units = Math.Floor((FirstJoules + _joules + _noiseJoules) * 1e6 / _plan.UnitMicrojoules);
        _shown = Math.Max(_shown, (long)(units * _plan.UnitMicrojoules));
        First ??= _shown;
        samples[0] = PowerSample.FromCounter(_time.GetTimestamp(), _shown);
    }

    public void Dispose()
    {
    }
}
