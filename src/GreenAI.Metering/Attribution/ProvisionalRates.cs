namespace GreenAI.Metering;

/// <summary>
/// What a provisional footprint is computed from: written by the closer, read by request threads. Each field is one atomic
/// word; a reader may see two closes mixed, which an estimate can bear.
/// </summary>
internal sealed class ProvisionalRates(long timestampFrequency)
{
    private readonly double _microsecondsPerTick = 1e6 / timestampFrequency;
    private readonly double _timeTicksPerTick = TimeSpan.TicksPerSecond / (double)timestampFrequency;
    private double _watts;
    private double _idleWatts;
    private double _maxWatts;
    private double _below;
    private double _above;
    private int _state;

    /// <summary>The provisional footprint of a scope that ends. Called by request threads.</summary>
    public InferenceFootprint Estimate(EnergyMeter meter, int model, long scopeId, InferenceOutcome outcome, long units, long ticks, long activeTicks)
    {
        double microseconds = activeTicks * _microsecondsPerTick;
        int state = Volatile.Read(ref _state);
        var reason = (UnavailableReason)(state & 0xFF);
        double marginal = Volatile.Read(ref _watts) * microseconds;
        if (reason == UnavailableReason.None && marginal < 1) reason = UnavailableReason.BelowResolution;
        return new InferenceFootprint
        {
            ScopeId = scopeId,
            Meter = meter,
            ModelIndex = model,
            Stage = FootprintStage.Provisional,
            Outcome = outcome,
            Tier = reason == UnavailableReason.None ? MeasurementTier.Modelled : MeasurementTier.Unavailable,
            Reason = reason,
            IncludesIdle = (state & 0x100) != 0,
            Units = units,
            Ticks = ticks,
            ActiveTicks = activeTicks,
            TimeTicksPerTick = _timeTicksPerTick,
            Below = Volatile.Read(ref _below),
            Above = Volatile.Read(ref _above),
            UpperMicrojoules = Volatile.Read(ref _maxWatts) * microseconds,
            Marginals = marginal,
            Idles = Volatile.Read(ref _idleWatts) * microseconds,
        };
    }

    /// <summary>Sums the devices' rates up; only the closer calls it.</summary>
    public void Update(ReadOnlySpan<DeviceQuality> devices, double mixedShare)
    {
        double watts = 0, idle = 0, max = 0, below = 0, above = 0;
        bool includesIdle = false;
        foreach (ref readonly DeviceQuality device in devices)
        {
            watts += device.WattsPerScope;
            idle += device.IdleWattsPerScope;
            max += device.MaxWatts;
            below += device.WattsPerScope * device.Uncertainty.Below;
            above += device.WattsPerScope * device.Uncertainty.Above;
            includesIdle |= device.IncludesIdle;
        }

        UnavailableReason reason = devices.Length == 0 ? UnavailableReason.NoDevice
            : watts <= 0 ? UnavailableReason.NotLearned
            : UnavailableReason.None;
        RelativeUncertainty band = watts > 0 ? ShareUncertainty.Join(below / watts, above / watts, mixedShare) : default;
        Volatile.Write(ref _watts, watts);
        Volatile.Write(ref _idleWatts, idle);
        Volatile.Write(ref _maxWatts, max);
        Volatile.Write(ref _below, band.Below);
        Volatile.Write(ref _above, band.Above);
        Volatile.Write(ref _state, (int)reason | (includesIdle ? 0x100 : 0));
    }
}
