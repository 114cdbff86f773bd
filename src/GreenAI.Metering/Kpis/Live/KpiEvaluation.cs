namespace GreenAI.Metering;

/// <summary>Turns a window's counters into indicators. Allocates nothing.</summary>
/// <remarks>
/// Idle energy of the window is shared by the models in full: what falls in a model's active time by active time, and the rest
/// (idle while nothing ran) in proportion to what each has by then. So the models sum to the host, but for what this process spent
/// outside inferences, which is the host's alone. Embodied grams likewise.
/// </remarks>
internal readonly ref struct KpiEvaluation
{
    public const int MaxValues = 24;

    private readonly bool _outcomes;
    private readonly KpiCapture _capture;
    private readonly KpiTargets _targets;
    private readonly ref readonly KpiView _view;

    public KpiEvaluation(bool outcomes, KpiCapture capture, KpiTargets targets, ref readonly KpiView view)
    {
        _outcomes = outcomes;
        _capture = capture;
        _targets = targets;
        _view = ref view;
    }

    /// <summary>The host's indicators.</summary>
    public int Host(in KpiCounters part, Span<KpiValue> values)
    {
        RelativeUncertainty? band = _view.HostBand;
        KpiAmount joules = Amount(part.Energy / 1e6, _capture.HostTier, band);
        KpiCarbon operational = Carbon(part.Operational, _capture.HostTier, band);
        KpiCarbon marginal = Carbon(_view.Host.ModelsOperational, _capture.HostTier, band);
        int count = Common(joules, operational, marginal, Embodied(part.Embodied), part, values);
        foreach (DeviceClass device in KpiCapture.Classes)
        {
            DeviceClassTime time = _view.Host[device];
            if (!_capture.Has(device)) continue;
            bool told = time.Provisioned > 0;
            var used = new KpiAmount(time.Used / 3600, told ? MeasurementTier.Measured : MeasurementTier.Unavailable, null);
            KpiValue utilization = HardwareUtilization.Of(used, time.Provisioned / 3600, KpiCapture.Estimator(device));
            Add(values, ref count, told ? utilization : utilization with { Gap = KpiGap.NotRead });
            if (device == Main) Add(values, ref count, EmbodiedRate(time));
            if (!_outcomes) continue;
            string name = KpiCapture.Estimator(device);
            Add(values, ref count, ComputeHoursPerOutcome.Provisioned(
                new KpiAmount(time.Present / 3600, MeasurementTier.Measured, RelativeUncertainty.Symmetric(0)), _view.Host.Outcomes, name));
            Add(values, ref count, ComputeHoursPerOutcome.Busy(used, _view.Host.Outcomes, name));
        }

        return count;
    }

    /// <summary>A model's indicators.</summary>
    public int Model(int model, in KpiCounters part, ModelRecord? record, Span<KpiValue> values)
    {
        MeasurementTier tier = _capture.Tier(model);
        double energy = Math.Max(1, part.Energy);
        RelativeUncertainty? band = part.Energy > 0
            ? ShareUncertainty.Join(Math.Max(0, part.Below) / energy, Math.Max(0, part.Above) / energy, Math.Max(0, part.Doubt) / energy)
            : _view.HostBand;
        double withIdle = part.Energy + part.Idle;
        // Σ over the models of this is the models' energy and all of the idle energy.
        double shared = _view.Host.ModelsWithIdle > 0 ? withIdle * (_view.Host.Models + _view.Whole.Idle) / _view.Host.ModelsWithIdle : 0;
        double grams = part.Operational + part.OperationalIdle;
        double sharedGrams = _view.Host.ModelsOperationalWithIdle > 0
            ? grams * (_view.Host.ModelsOperational + _view.Whole.OperationalIdle) / _view.Host.ModelsOperationalWithIdle
            : 0;
        // Hardware that no model was active on is idle hardware: by energy, as idle energy is.
        double embodied = _view.Host.ModelsEmbodied > 0 ? part.Embodied * _view.Whole.Embodied / _view.Host.ModelsEmbodied
            : _view.Host.ModelsWithIdle > 0 ? withIdle * _view.Whole.Embodied / _view.Host.ModelsWithIdle
            : 0;
        KpiAmount joules = Amount(shared / 1e6, tier, band);
        int count = Common(joules, Carbon(sharedGrams, tier, band), Carbon(part.Operational, tier, band), Embodied(embodied), part, values);
        if (record is not { HasTraining: true }) return count;
        KpiAmount kilowattHours = joules with { Value = joules.Value / 3.6e6 };
        Add(values, ref count, ModelEfficiencyRatio.Of(record.Accuracy, record.Training, kilowattHours, part.Completed));
        Add(values, ref count, ModelEfficiencyRatio.PerThousand(record.Accuracy, record.Training, kilowattHours, part.Completed));
        return count;
    }

    // The class whose use tells how well the hardware pays: accelerators where there are any.
    private DeviceClass Main => _capture.Has(DeviceClass.Gpu) ? DeviceClass.Gpu : _capture.Has(DeviceClass.Accelerator) ? DeviceClass.Accelerator : DeviceClass.Cpu;

    private int Common(
        in KpiAmount joules, in KpiCarbon operational, in KpiCarbon marginal, in KpiAmount embodied, in KpiCounters part, Span<KpiValue> values)
    {
        int count = 0;
        Add(values, ref count, CarbonPerInference.PerCompleted(operational, embodied, part.Completed));
        Add(values, ref count, CarbonPerInference.PerSuccess(operational, embodied, part.Succeeded));
        Add(values, ref count, CarbonPerInference.Marginal(marginal, part.Completed));
        Add(values, ref count, EnergyPerInference.Of(joules, part.Completed));
        Add(values, ref count, EnergyPerUnit.Of(joules, part.Units, "work unit"));
        Add(values, ref count, _view.Covered > TimeSpan.Zero ? WattsPerQuery.Of(joules, part.Completed, _view.Covered) : WattsPerQuery.Of(default, 0));
        Add(values, ref count, EmbodiedCarbon.OfAccrued(embodied));
        bool units = part.Units > part.Completed;
        // ISO/IEC 21031: certificates and contracts must not lower it.
        Add(values, ref count, SoftwareCarbonIntensity.Of(
            _capture.IsMarketBased ? KpiCarbon.Missing(CarbonGap.WrongKind) : operational, embodied, units ? part.Units : part.Completed, units ? "R = work unit" : "R = inference"));
        return count;
    }

    private KpiValue EmbodiedRate(DeviceClassTime time)
    {
        KpiAmount used = time.Provisioned > 0 ? new(Math.Clamp(time.Used / time.Provisioned, 0, 1), MeasurementTier.Measured, null) : default;
        return GreenAI.Metering.EmbodiedRate.Of(_capture.Hardware.Grams, _capture.Hardware.Lifespan, used);
    }

    private KpiAmount Embodied(double grams) => _capture.EmbodiedKnown
        ? _capture.Hardware.Grams with { Value = Math.Max(0, grams) }
        : default;

    private KpiCarbon Carbon(double grams, MeasurementTier tier, RelativeUncertainty? band)
    {
        double share = _view.Host.Metered > 0 ? Math.Clamp(_view.Host.Priced / (double)_view.Host.Metered, 0, 1) : 0;
        if (_view.Host.Metered <= 0 || tier == MeasurementTier.Unavailable) return KpiCarbon.NotMetered;
        // A factor may apply now that did not before: the gap of then has gone with it.
        CarbonGap gap = _capture.CarbonGap == CarbonGap.None ? CarbonGap.NoData : _capture.CarbonGap;
        if (share == 0) return KpiCarbon.Missing(gap);
        if (_view.Host.Inferred > 0 && tier == MeasurementTier.Measured) tier = MeasurementTier.Modelled;
        RelativeUncertainty? joined = band is { } energy && _view.Host.FactorBand is { } factor
            ? new RelativeUncertainty(Hypot(energy.Below, factor.Below), Hypot(energy.Above, factor.Above))
            : null;
        return KpiCarbon.OfPart(new KpiAmount(Math.Max(0, grams), tier, joined), share, gap);
    }

    private static KpiAmount Amount(double value, MeasurementTier tier, RelativeUncertainty? band) => new(Math.Max(0, value), tier, band);

    private static double Hypot(double a, double b) => Math.Sqrt((a * a) + (b * b));

    private void Add(Span<KpiValue> values, ref int count, in KpiValue value)
    {
        KpiValue windowed = value with { Window = _view.Covered };
        values[count++] = _targets.Judge(windowed);
    }
}
