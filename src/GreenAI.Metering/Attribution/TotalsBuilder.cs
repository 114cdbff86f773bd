namespace GreenAI.Metering;

/// <summary>Copies the books into a snapshot for users. Called under the closer's lock.</summary>
internal sealed class TotalsBuilder(
    DeviceMeter[] devices, ModelTally[] tallies, ModelRegistry registry, CarbonBooks carbon, TimeProvider timeProvider)
{
    private readonly CarbonTotalsBuilder _carbon = new(carbon, devices, registry, timeProvider);

    public EnergyTotals Build(SelfCost cost, ScopeLedger ledger, long dropped, long origin)
    {
        long now = timeProvider.GetTimestamp();
        TimeSpan elapsed = timeProvider.GetElapsedTime(origin, now);
        MeasurementTier tier = WorstTier(_ => true);
        return new EnergyTotals
        {
            Devices = [.. devices.Select(device => Device(device, now))],
            Models = [.. Enumerable.Range(0, registry.Count).Select(Model)],
            Tier = tier,
            Carbon = _carbon.Build(),
            OpenScopes = ledger.OpenScopes,
            DroppedScopes = dropped,
            Elapsed = elapsed,
            SelfCost = new MeteringCost
            {
                ProcessorTime = cost.Time,
                ProcessorShare = elapsed > TimeSpan.Zero ? cost.Time / elapsed : 0,
                Power = cost.Watts is { } watts ? Power.FromWatts(watts) : null,
            },
        };
    }

    private DeviceTotals Device(DeviceMeter device, long now)
    {
        int models = registry.Count;
        long settled = 0, open = 0, late = 0;
        foreach (ref readonly ModelBook book in device.Books.Models.AsSpan(0, models))
        {
            settled += book.Settled;
            open += book.Pool + book.Waiting;
            late += book.Late;
        }

        bool counter = device.Device.Reading == DeviceReading.EnergyCounter && device.Started;
        return new DeviceTotals
        {
            Device = device.Device,
            Total = Energy.FromMicrojoules(device.Books.Total),
            Settled = Energy.FromMicrojoules(settled),
            Open = Energy.FromMicrojoules(open),
            Late = Energy.FromMicrojoules(late),
            Idle = Energy.FromMicrojoules(device.Books.Idle),
            Unattributed = Energy.FromMicrojoules(device.Books.Unattributed),
            Other = Energy.FromMicrojoules(device.Books.Other),
            Coverage = device.Coverage(now),
            Holes = device.Holes,
            SinceReading = device.LastRead is { } read ? timeProvider.GetElapsedTime(read, Math.Max(read, now)) : null,
            Power = device.Milliwatts >= 0 ? Power.FromMilliwatts(device.Milliwatts) : null,
            IdleFloor = device.Floor.Source == FloorSource.Unknown ? null : Power.FromWatts(device.Floor.Watts),
            FloorSource = device.Floor.Source,
            FirstReading = counter ? Energy.FromMicrojoules(device.Readings.First) : null,
            LastReading = counter ? Energy.FromMicrojoules(device.Readings.Last) : null,
        };
    }

    private ModelTotals Model(int model)
    {
        long settled = 0, open = 0, late = 0;
        double doubt = 0, below = 0, above = 0;
        for (int d = 0; d < devices.Length; d++)
        {
            ref readonly ModelBook book = ref devices[d].Books.Models[model];
            settled += book.Settled;
            open += book.Pool + book.Waiting;
            late += book.Late;
            doubt += book.Doubt;
            below += book.Below;
            above += book.Above;
        }

        ref readonly ModelTally tally = ref tallies[model];
        long energy = settled + open + late;
        double total = Math.Max(1, energy);
        return new ModelTotals
        {
            Name = registry.Name(model),
            Succeeded = tally.Succeeded,
            Failed = tally.Failed,
            Abandoned = tally.Abandoned,
            WorkUnits = tally.Units,
            ActiveTime = timeProvider.GetElapsedTime(0, tally.ActiveTicks),
            Settled = Energy.FromMicrojoules(settled),
            Open = Energy.FromMicrojoules(open),
            Late = Energy.FromMicrojoules(late),
            EnergyWithIdle = Energy.FromMicrojoules(energy + carbon.Models[model].IdleMicrojoules),
            Tier = energy > 0 ? WorstTier(device => device.Books.Models[model].Assigned > 0)
                : tally.Inferences > 0 ? WorstTier(device => device.Books.Weights.Uses[model])
                : MeasurementTier.Unavailable,
            LearnedPower = [.. devices.Where(device => device.Started).Select(device => Learned(device, model)).OfType<ModelPower>()],
            Uncertainty = energy == 0 ? null : ShareUncertainty.Join(below / total, above / total, doubt / total),
        };
    }

    private static ModelPower? Learned(DeviceMeter device, int model) => !device.Estimator.TryGet(model, out LearnedPower learned)
        ? null
        : new ModelPower
        {
            Device = device.Device,
            Power = Power.FromWatts(learned.Watts),
            StandardError = Power.FromWatts(learned.StandardError),
            Resolution = learned.Resolution,
            Rows = learned.Rows,
        };

    private MeasurementTier WorstTier(Func<DeviceMeter, bool> contributes)
    {
        MeasurementTier? worst = null;
        foreach (DeviceMeter device in devices)
        {
            if (!device.Started || !contributes(device)) continue;
            if (worst is null || device.Device.Tier < worst) worst = device.Device.Tier;
        }

        return worst ?? MeasurementTier.Unavailable;
    }
}
