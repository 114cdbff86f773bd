namespace GreenAI.Metering;

/// <summary>
/// What a provisional footprint is computed from: written by the closer, read by request threads. Each field is one atomic
/// word; a reader may see two closes mixed, which an estimate can bear.
/// </summary>
internal sealed class ProvisionalRates
{
    private double _watts;
    private double _idleWatts;
    private double _maxWatts;
    private double _below;
    private double _above;
    private int _state;

    /// <summary>Completes a footprint with the estimate for its active time. Called by request threads.</summary>
    public InferenceFootprint Estimate(in InferenceFootprint footprint)
    {
        double seconds = footprint.ActiveTime.TotalSeconds;
        int state = Volatile.Read(ref _state);
        var reason = (UnavailableReason)(state & 0xFF);
        long marginal = (long)(Volatile.Read(ref _watts) * seconds * 1e6);
        if (reason == UnavailableReason.None && marginal == 0) reason = UnavailableReason.BelowResolution;
        return footprint with
        {
            Reason = reason,
            Tier = reason == UnavailableReason.None ? MeasurementTier.Modelled : MeasurementTier.Unavailable,
            IncludesIdle = (state & 0x100) != 0,
            Uncertainty = new RelativeUncertainty(Volatile.Read(ref _below), Volatile.Read(ref _above)),
            UpperBound = Energy.FromJoulesAtMost(Volatile.Read(ref _maxWatts) * seconds),
            MarginalMicrojoules = marginal,
            IdleMicrojoules = (long)(Volatile.Read(ref _idleWatts) * seconds * 1e6),
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
