namespace GreenAI.Metering;

/// <summary>Copies the counters of host and models out of the books of energy and grams. Called by the closer, or under the lock of the indicators.</summary>
internal sealed class KpiCapture(DeviceMeter[] devices, CarbonBooks carbon, ModelTally[] tallies, DeviceQuality[] quality, int models)
{
    private readonly MeasurementTier[] _tiers = new MeasurementTier[models];
    private readonly RelativeUncertainty[] _deviceBands = new RelativeUncertainty[devices.Length];
    private readonly double[] _deviceEnergy = new double[devices.Length];
    private readonly bool _hasGpu = devices.Any(device => device.Device.Domain == EnergyDomain.Gpu);
    private readonly bool _hasAccelerator = devices.Any(device => device.Device.Domain == EnergyDomain.Accelerator);
    private readonly DeviceClassTime[] _uses = new DeviceClassTime[3];

    public static ReadOnlySpan<DeviceClass> Classes => [DeviceClass.Cpu, DeviceClass.Gpu, DeviceClass.Accelerator];

    public MeasurementTier HostTier { get; private set; } = MeasurementTier.Unavailable;

    /// <summary>Whether the account counts what was bought rather than what the grid emits.</summary>
    public bool IsMarketBased => carbon.Account.Method == CarbonMethod.MarketBased;

    /// <summary>Why no factor applies, where none does.</summary>
    public CarbonGap CarbonGap { get; private set; }

    /// <summary>Whether embodied figures are stated, all of them.</summary>
    public bool EmbodiedKnown => carbon.Plan.IsKnown;

    public KpiHardware Hardware { get; } = KpiHardware.Of(carbon.Account.Embodied, carbon.Plan.IsKnown);

    /// <summary>Whether the host has devices of a class: every host has processors.</summary>
    public bool Has(DeviceClass device) => device switch
    {
        DeviceClass.Cpu => true,
        DeviceClass.Gpu => _hasGpu,
        _ => _hasAccelerator,
    };

    public static string Estimator(DeviceClass device) => device switch
    {
        DeviceClass.Cpu => "cpu, cpu-time",
        DeviceClass.Gpu => "gpu, nvml-time",
        _ => "accelerator, device",
    };

    /// <summary>The tier of a model's energy.</summary>
    public MeasurementTier Tier(int model) => _tiers[model];

    /// <summary>Adds use of a class of devices, in device seconds. Called by the closer.</summary>
    public void AddUse(DeviceClass device, in DeviceClassTime time) => _uses[(int)device] += time;

    /// <summary>Facility energy of an energy of the machines; null where no PUE is stated.</summary>
    public double? LoadKilowattHours(long microjoules) => carbon.Account.Pue is { } pue ? Energy.FromMicrojoules(microjoules).KilowattHours * pue : null;

    /// <summary>The devices' bands, weighted by energy; null when nothing was metered.</summary>
    public RelativeUncertainty? HostBand()
    {
        double sum = 0, below = 0, above = 0;
        for (int device = 0; device < _deviceEnergy.Length; device++)
        {
            sum += _deviceEnergy[device];
            below += _deviceEnergy[device] * _deviceBands[device].Below;
            above += _deviceEnergy[device] * _deviceBands[device].Above;
        }

        return sum > 0 ? new RelativeUncertainty(below / sum, above / sum) : null;
    }

    public void Read(Span<KpiCounters> subjects, ref HostCounters host, int count)
    {
        host = new HostCounters
        {
            Priced = carbon.PricedMicrojoules,
            Grams = GridPrice.Grams(carbon.Total),
            FactorBelow = carbon.Quality.Below,
            FactorAbove = carbon.Quality.Above,
            FactorUnknown = carbon.Quality.Unknown,
            Inferred = carbon.Quality.Inferred,
            Cpu = _uses[0],
            Gpu = _uses[1],
            Accelerator = _uses[2],
        };
        ref KpiCounters all = ref subjects[0];
        all = new KpiCounters
        {
            Operational = GridPrice.Grams(carbon.Total - carbon.Other),
            OperationalIdle = GridPrice.Grams(carbon.Idle),
            Embodied = carbon.EmbodiedGrams(carbon.EmbodiedTotal),
        };
        HostTier = MeasurementTier.Measured;
        bool started = false;
        for (int i = 0; i < devices.Length; i++)
        {
            DeviceBooks books = devices[i].Books;
            host.Metered += books.Total;
            all.Energy += books.Total - books.Other;
            all.Idle += books.Idle;
            _deviceEnergy[i] = books.Total - books.Other;
            _deviceBands[i] = quality[i].Uncertainty;
            if (!devices[i].Started) continue;
            started = true;
            if (devices[i].Device.Tier < HostTier) HostTier = devices[i].Device.Tier;
        }

        if (!started) HostTier = MeasurementTier.Unavailable;
        for (int model = 0; model < count; model++) Read(model, ref subjects[model + 1], ref host, ref all);
        CarbonGap = carbon.Latest is not null ? CarbonGap.None : carbon.Account.Gap.Gap;
    }

    private void Read(int model, ref KpiCounters counters, ref HostCounters host, ref KpiCounters all)
    {
        ref readonly CarbonModelBook grams = ref carbon.Models[model];
        ref readonly ModelTally tally = ref tallies[model];
        counters = new KpiCounters
        {
            Idle = grams.IdleMicrojoules,
            Operational = GridPrice.Grams(grams.Dynamic),
            OperationalIdle = GridPrice.Grams(grams.Idle),
            Embodied = carbon.EmbodiedGrams(grams.Embodied),
            Completed = tally.Inferences,
            Succeeded = tally.Succeeded,
            Units = tally.Units,
        };
        var used = MeasurementTier.Measured;
        var possible = MeasurementTier.Measured;
        bool any = false, some = false;
        foreach (DeviceMeter device in devices)
        {
            ref readonly ModelBook book = ref device.Books.Models[model];
            counters.Energy += book.Assigned;
            counters.Below += book.Below;
            counters.Above += book.Above;
            counters.Doubt += book.Doubt;
            if (!device.Started || !device.Books.Weights.Uses[model]) continue;
            some = true;
            if (device.Device.Tier < possible) possible = device.Device.Tier;
            if (book.Assigned == 0) continue;
            any = true;
            if (device.Device.Tier < used) used = device.Device.Tier;
        }

        _tiers[model] = any ? used : some ? possible : MeasurementTier.Unavailable;
        all.Completed += counters.Completed;
        all.Succeeded += counters.Succeeded;
        all.Units = counters.Units > long.MaxValue - all.Units ? long.MaxValue : all.Units + counters.Units;
        host.Models += counters.Energy;
        host.ModelsWithIdle += counters.Energy + counters.Idle;
        host.ModelsOperational += counters.Operational;
        host.ModelsOperationalWithIdle += counters.Operational + counters.OperationalIdle;
        host.ModelsEmbodied += counters.Embodied;
    }
}
