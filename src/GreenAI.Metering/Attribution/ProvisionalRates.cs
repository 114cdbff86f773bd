namespace GreenAI.Metering;

/// <summary>
/// What provisional footprints are computed from: written by the closer, read by request threads. Each field is one atomic
/// word; a reader may see two closes mixed, which an estimate can bear.
/// </summary>
internal sealed class ProvisionalRates(int models, long timestampFrequency)
{
    private readonly double _microsecondsPerTick = 1e6 / timestampFrequency;
    private readonly double _timeTicksPerTick = TimeSpan.TicksPerSecond / (double)timestampFrequency;
    private readonly ProvisionalRate[] _rates = new ProvisionalRate[models];
    private readonly ProvisionalCorrection _correction = new(models);
    private double _maxWatts;
    private double _price = double.NaN;
    private bool _includesIdle;
    private bool _noDevice = true;

    /// <summary>The provisional footprint of a scope that ends. Called by request threads.</summary>
    public InferenceFootprint Estimate(EnergyMeter meter, int model, long scopeId, InferenceOutcome outcome, long units, long ticks, long activeTicks)
    {
        ref ProvisionalRate rate = ref _rates[model];
        double microseconds = activeTicks * _microsecondsPerTick;
        double watts = Volatile.Read(ref rate.Watts);
        double marginal = watts * microseconds;
        UnavailableReason reason = Volatile.Read(ref _noDevice) || Volatile.Read(ref rate.NoDevice) ? UnavailableReason.NoDevice
            : watts <= 0 ? UnavailableReason.NotLearned
            : marginal < 1 ? UnavailableReason.BelowResolution
            : UnavailableReason.None;
        return new InferenceFootprint
        {
            ScopeId = scopeId,
            Meter = meter,
            ModelIndex = model,
            Stage = FootprintStage.Provisional,
            Outcome = outcome,
            Tier = reason == UnavailableReason.None ? MeasurementTier.Modelled : MeasurementTier.Unavailable,
            Reason = reason,
            IncludesIdle = Volatile.Read(ref _includesIdle) && !Volatile.Read(ref rate.IdleKnown),
            Units = units,
            Ticks = ticks,
            ActiveTicks = activeTicks,
            TimeTicksPerTick = _timeTicksPerTick,
            Below = Volatile.Read(ref rate.Below),
            Above = Volatile.Read(ref rate.Above),
            UpperMicrojoules = Math.Max(0, Volatile.Read(ref _maxWatts) - Volatile.Read(ref rate.ElsewhereWatts)) * microseconds,
            Marginals = marginal,
            Idles = Volatile.Read(ref rate.IdleWatts) * microseconds,
            MicrogramsPerMicrojoule = Volatile.Read(ref _price),
        };
    }

    /// <summary>Sums the devices' learned watts up, model by model; only the closer calls it.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="quality">How good the figures of each are.</param>
    /// <param name="count">How many models are in use.</param>
    /// <param name="price">Micrograms of CO2e of a microjoule; NaN when not known.</param>
    public void Update(ReadOnlySpan<DeviceMeter> devices, ReadOnlySpan<DeviceQuality> quality, int count, double price)
    {
        double max = 0;
        bool includesIdle = false;
        foreach (ref readonly DeviceQuality device in quality)
        {
            max += device.MaxWatts;
            includesIdle |= device.IncludesIdle;
        }

        for (int model = 0; model < count; model++) Update(model, devices, quality);
        Volatile.Write(ref _maxWatts, max);
        Volatile.Write(ref _price, price);
        Volatile.Write(ref _includesIdle, includesIdle);
        Volatile.Write(ref _noDevice, devices.Length == 0);
    }

    /// <summary>Learns from an interval that closed how final bills compare with what was foreseen; only the closer calls it.</summary>
    public void Correct(DeviceMeter device, double seconds, int devices, int count) =>
        _correction.Add(device, seconds, devices, count, _microsecondsPerTick);

    private void Update(int model, ReadOnlySpan<DeviceMeter> devices, ReadOnlySpan<DeviceQuality> quality)
    {
        double watts = 0, idle = 0, below = 0, above = 0, doubt = 0, elsewhere = 0;
        bool idleKnown = true, noDevice = true;
        for (int i = 0; i < devices.Length; i++)
        {
            DeviceMeter device = devices[i];
            ShareWeights weights = device.Books.Weights;
            if (!weights.Uses[model])
            {
                elsewhere += quality[i].MaxWatts;
                continue;
            }

            noDevice = false;
            idleKnown &= !quality[i].IncludesIdle;
            if (!weights.Learned) continue;
            ref readonly ModelBook book = ref device.Books.Models[model];
            double part = weights.Watts[model];
            double mixed = book.Assigned > 0 ? book.Mixed / (double)book.Assigned : 1;
            watts += part;
            idle += device.IdleWattsPerScope;
            below += part * quality[i].Uncertainty.Below;
            above += part * quality[i].Uncertainty.Above;
            doubt += part * mixed * weights.Doubt[model];
        }

        RelativeUncertainty band = watts > 0 ? ShareUncertainty.Join(below / watts, above / watts, doubt / watts) : default;
        ref ProvisionalRate rate = ref _rates[model];
        Volatile.Write(ref rate.Watts, watts * _correction.Factor(model));
        Volatile.Write(ref rate.IdleWatts, idle);
        Volatile.Write(ref rate.Below, band.Below);
        Volatile.Write(ref rate.Above, band.Above);
        Volatile.Write(ref rate.ElsewhereWatts, elsewhere);
        Volatile.Write(ref rate.IdleKnown, idleKnown);
        Volatile.Write(ref rate.NoDevice, noDevice);
    }
}
