using System.Diagnostics.Metrics;

namespace GreenAI.Metering;

/// <summary>The instruments. Observable ones read the totals of the last close and touch no driver and no lock of the closer.</summary>
internal sealed class MeteringMetrics : IDisposable
{
    // From a microjoule (a tiny model on one core) to ten kilojoules (an image or a long answer of a large one).
    private static readonly InstrumentAdvice<double> _energyBuckets = new()
    {
        HistogramBucketBoundaries = [1e-6, 1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 10_000],
    };

    // The same at some 400 g/kWh: from a tenth of a nanogram to a gram, the guide's target.
    private static readonly InstrumentAdvice<double> _emissionBuckets = new()
    {
        HistogramBucketBoundaries = [1e-10, 1e-9, 1e-8, 1e-7, 3e-7, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
    };

    // The boundaries OpenTelemetry advises for durations of requests, widened below for tiny models.
    private static readonly InstrumentAdvice<double> _durationBuckets = new()
    {
        HistogramBucketBoundaries = [1e-5, 1e-4, 0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 60],
    };

    private readonly MeteringEngine _engine;
    private readonly Meter? _owned;
    private readonly InstrumentTags _tags;
    private readonly Histogram<double> _energy;
    private readonly Histogram<double> _emissions;
    private readonly Histogram<double> _duration;

    public MeteringMetrics(IMeterFactory? factory, MeteringEngine engine, MeterKpis kpis, MeterBudgets budgets, FootprintDispatcher dispatcher)
    {
        _engine = engine;
        _tags = new InstrumentTags(engine);
        var options = new MeterOptions(InstrumentNames.Meter)
        {
            Version = typeof(MeteringMetrics).Assembly.GetName().Version?.ToString(3),
            TelemetrySchemaUrl = InstrumentNames.SchemaUrl,
        };
        Meter meter = factory is null ? _owned = new Meter(options) : factory.Create(options);
        meter.CreateObservableCounter(InstrumentNames.HardwareEnergy, HardwareEnergy, "J", "Energy of each device since metering began.");
        meter.CreateObservableGauge(InstrumentNames.HardwarePower, HardwarePower, "W", "Mean power of each device over its last interval.");
        meter.CreateObservableCounter(InstrumentNames.Energy, Energy, "J", "Energy by model, or by bucket for what belongs to no model.");
        meter.CreateObservableCounter(
            InstrumentNames.Emissions, Emissions, "g", "Emissions (CO2e) by model, or by bucket for what belongs to no model: operational, and embodied.");
        meter.CreateObservableCounter(
            InstrumentNames.ModelIdleEnergy, ModelIdleEnergy, "J", "Share of the idle floor's energy borne by the model's inferences: contained in the bucket idle.");
        meter.CreateObservableCounter(InstrumentNames.Inferences, Inferences, "{inference}", "Inferences with a final bill.");
        meter.CreateObservableGauge(
            InstrumentNames.ModelPower, ModelPower, "W", "Learned power above the idle floor of one active inference; a processor-time proxy where the tier is Modelled.");
        meter.CreateObservableGauge(InstrumentNames.Coverage, Coverage, "1", "Fraction of the time since its first reading for which the device was read.");
        meter.CreateObservableCounter(InstrumentNames.CoveredTime, CoveredTime, "s", "Time for which the device was read: its rate is the coverage of a window.");
        meter.CreateObservableGauge(InstrumentNames.SelfPower, SelfPower, "W", "Power of metering itself, contained in the other figures.");
        meter.CreateObservableCounter(InstrumentNames.Holes, Holes, "{hole}", "Failed readings and intervals whose energy is not known.");
        meter.CreateObservableGauge(InstrumentNames.OpenScopes, () => _engine.Board.Read().OpenScopes, "{scope}", "Inferences begun and not ended.");
        meter.CreateObservableCounter(InstrumentNames.DroppedScopes, () => _engine.Slots.Dropped, "{scope}", "Inferences that could not be tracked.");
        meter.CreateObservableCounter(
            InstrumentNames.ObserverOverflow, () => dispatcher.Overflow, "{footprint}", "Final footprints that found the observers' queue full.");
        _ = new KpiMetrics(meter, kpis);
        _ = new BudgetMetrics(meter, budgets);
        _energy = meter.CreateHistogram(InstrumentNames.InferenceEnergy, "J", "Energy above the idle floor of one inference.", null, _energyBuckets);
        _emissions = meter.CreateHistogram(InstrumentNames.InferenceEmissions, "g", "Operational emissions (CO2e) above the idle floor of one inference.", null, _emissionBuckets);
        _duration = meter.CreateHistogram(InstrumentNames.InferenceDuration, "s", "Duration of one inference, waiting included.", null, _durationBuckets);
    }

    public bool HistogramsEnabled => _energy.Enabled || _duration.Enabled || _emissions.Enabled;

    public void Record(in InferenceFootprint footprint)
    {
        KeyValuePair<string, object?> model = _tags.Model(footprint.ModelIndex);
        // A figure that is not known is left out, not recorded as 0.
        if (_energy.Enabled && footprint.Marginal is { } energy) _energy.Record(energy.Joules, model);
        if (_emissions.Enabled && footprint.MarginalEmissions is not null) _emissions.Record(footprint.MarginalGrams, model);
        if (_duration.Enabled) _duration.Record(footprint.Duration.TotalSeconds, model);
    }

    public void Dispose() => _owned?.Dispose();

    private List<Measurement<double>> HardwareEnergy() =>
        PerDevice((snapshot, device) => snapshot.DeviceTotal(device) / 1e6, _tags.Device);

    private List<Measurement<double>> HardwarePower() => PerDevice(
        (snapshot, device) => snapshot.DeviceMilliwatts(device) is >= 0 and long milliwatts ? milliwatts / 1e3 : null, _tags.Device);

    private List<Measurement<double>> Coverage() => PerDevice((snapshot, device) => snapshot.DeviceCoverage(device), _tags.DeviceId);

    private List<Measurement<double>> Energy()
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<double>>();
        if (!AnyStarted()) return rows;
        long idle = 0, other = 0, unattributed = 0;
        for (int device = 0; device < _engine.Devices.Length; device++)
        {
            idle += snapshot.DeviceIdle(device);
            other += snapshot.DeviceOther(device);
            unattributed += snapshot.DeviceUnattributed(device);
        }

        for (int model = 0; model < snapshot.ModelCount; model++)
            rows.Add(new Measurement<double>(snapshot.ModelMicrojoules(model) / 1e6, _tags.Model(model)));
        rows.Add(new Measurement<double>(idle / 1e6, InstrumentTags.Idle));
        rows.Add(new Measurement<double>(unattributed / 1e6, InstrumentTags.Unattributed));
        rows.Add(new Measurement<double>(other / 1e6, InstrumentTags.Other));
        return rows;
    }

    private List<Measurement<double>> ModelIdleEnergy()
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<double>>();
        if (!AnyStarted()) return rows;
        for (int model = 0; model < snapshot.ModelCount; model++)
            rows.Add(new Measurement<double>(snapshot.ModelIdleMicrojoules(model) / 1e6, _tags.Model(model)));
        return rows;
    }

    // Absent where no factor, or no hardware, is known: not 0.
    private List<Measurement<double>> Emissions()
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<double>>();
        KeyValuePair<string, object?> basis = InstrumentTags.Basis(_engine.Account.Method);
        if (snapshot.IsPriced)
        {
            for (int model = 0; model < snapshot.ModelCount; model++)
                rows.Add(new Measurement<double>(snapshot.ModelGrams(model), _tags.Model(model), InstrumentTags.Operational, basis));
            rows.Add(new Measurement<double>(snapshot.IdleGrams, InstrumentTags.Idle, InstrumentTags.Operational, basis));
            rows.Add(new Measurement<double>(snapshot.UnattributedGrams, InstrumentTags.Unattributed, InstrumentTags.Operational, basis));
            rows.Add(new Measurement<double>(snapshot.OtherGrams, InstrumentTags.Other, InstrumentTags.Operational, basis));
        }

        if (!_engine.Embodied.IsKnown) return rows;
        for (int model = 0; model < snapshot.ModelCount; model++)
            rows.Add(new Measurement<double>(snapshot.ModelEmbodiedGrams(model), _tags.Model(model), InstrumentTags.EmbodiedScope));
        rows.Add(new Measurement<double>(snapshot.EmbodiedIdleGrams, InstrumentTags.Idle, InstrumentTags.EmbodiedScope));
        return rows;
    }

    private List<Measurement<long>> Inferences()
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<long>>();
        for (int model = 0; model < snapshot.ModelCount; model++)
        {
            foreach (InferenceOutcome outcome in InstrumentTags.Outcomes)
            {
                long count = snapshot.ModelInferences(model, outcome);
                rows.Add(new Measurement<long>(count, _tags.Model(model), InstrumentTags.Outcome(outcome)));
            }
        }

        return rows;
    }

    // Only what the observations tell apart: the rest is the prior, which is no observation.
    private List<Measurement<double>> ModelPower()
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<double>>();
        for (int model = 0; model < snapshot.ModelCount; model++)
        {
            for (int device = 0; device < _engine.Devices.Length; device++)
            {
                double watts = snapshot.ModelWatts(model, device);
                if (!double.IsNaN(watts)) rows.Add(new Measurement<double>(watts, _tags.ModelOn(model, device)));
            }
        }

        return rows;
    }

    private List<Measurement<long>> Holes()
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<long>>();
        for (int device = 0; device < _engine.Devices.Length; device++)
            rows.Add(new Measurement<long>(snapshot.DeviceHoles(device), _tags.DeviceId(device)));
        return rows;
    }

    // Of a device that was never read too: that it was read for no time is known.
    private List<Measurement<double>> CoveredTime()
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<double>>();
        for (int device = 0; device < _engine.Devices.Length; device++)
            rows.Add(new Measurement<double>(snapshot.DeviceCoveredSeconds(device), _tags.DeviceId(device)));
        return rows;
    }

    private Measurement<double>[] SelfPower() =>
        _engine.Board.Read().SelfWatts is double watts && !double.IsNaN(watts) ? [new Measurement<double>(watts)] : [];

    private List<Measurement<double>> PerDevice(
        Func<MeterSnapshot, int, double?> value, Func<int, KeyValuePair<string, object?>[]> tags)
    {
        MeterSnapshot snapshot = _engine.Board.Read();
        var rows = new List<Measurement<double>>();
        for (int device = 0; device < _engine.Devices.Length; device++)
        {
            // A device that was never read has no energy, power or coverage to tell: no row rather than a zero.
            if (_engine.Devices[device].Started && value(snapshot, device) is { } number)
                rows.Add(new Measurement<double>(number, tags(device)));
        }

        return rows;
    }

    private bool AnyStarted()
    {
        foreach (DeviceMeter device in _engine.Devices)
        {
            if (device.Started) return true;
        }

        return false;
    }
}
