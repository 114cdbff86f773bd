namespace GreenAI.Metering;

/// <summary>A recorded device, with all that its description says.</summary>
internal sealed class TraceHeaderDevice
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public EnergyDomain Domain { get; init; }

    public MeasurementTier Tier { get; init; }

    public DeviceReading Reading { get; init; }

    public long CounterRangeMicrojoules { get; init; }

    public long UpdatePeriodTicks { get; init; }

    public double MaxWatts { get; init; }

    public double? LimitWatts { get; init; }

    public double Below { get; init; }

    public double Above { get; init; }

    public double? IdleWatts { get; init; }

    public bool SharedByCpuTime { get; init; }

    public string? Remark { get; init; }

    public static TraceHeaderDevice Of(PowerDevice device) => new()
    {
        Id = device.Id,
        Name = device.Name,
        Domain = device.Domain,
        Tier = device.Tier,
        Reading = device.Reading,
        CounterRangeMicrojoules = device.CounterRangeMicrojoules,
        UpdatePeriodTicks = device.UpdatePeriod.Ticks,
        MaxWatts = device.MaxPower.Watts,
        LimitWatts = device.PowerLimit?.Watts,
        Below = device.Uncertainty.Below,
        Above = device.Uncertainty.Above,
        IdleWatts = device.IdlePower?.Watts,
        SharedByCpuTime = device.SharedByCpuTime,
        Remark = device.Remark,
    };

    /// <exception cref="ArgumentException">A value is not one a device can have.</exception>
    public PowerDevice ToDevice() => new()
    {
        Id = Id ?? throw new ArgumentException("A device has no identifier."),
        Name = Name ?? throw new ArgumentException("A device has no name."),
        Domain = Domain,
        Tier = Tier,
        Reading = Reading,
        CounterRangeMicrojoules = CounterRangeMicrojoules,
        // Beyond a year nothing is an update period, and sums of it would leave 63 bits.
        UpdatePeriod = UpdatePeriodTicks is >= 0 and <= 366 * TimeSpan.TicksPerDay
            ? new TimeSpan(UpdatePeriodTicks)
            : throw new ArgumentException($"The update period of {Id} is {UpdatePeriodTicks} ticks."),
        MaxPower = Power.FromWatts(MaxWatts),
        PowerLimit = LimitWatts is { } limit ? Power.FromWatts(limit) : null,
        Uncertainty = new RelativeUncertainty(Below, Above),
        IdlePower = IdleWatts is { } idle ? Power.FromWatts(idle) : null,
        SharedByCpuTime = SharedByCpuTime,
        Remark = Remark,
    };
}
