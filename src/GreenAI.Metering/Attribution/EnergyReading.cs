namespace GreenAI.Metering;

/// <summary>What the devices spent within a window, by device.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class EnergyReading
{
    /// <summary>The window's name.</summary>
    public required string Name { get; init; }

    /// <summary>The window's length.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Each device.</summary>
    public required IReadOnlyList<DeviceEnergy> Devices { get; init; }

    /// <summary>All that was spent by the devices that were read; null when none was.</summary>
    public Energy? Total => Sum(Devices, device => device.Total);

    /// <summary>The idle floor's part; null when no device was read.</summary>
    public Energy? Idle => Sum(Devices, device => device.Idle);

    /// <summary>The dynamic part of other processes; null when no device was read.</summary>
    public Energy? Other => Sum(Devices, device => device.Other);

    /// <summary>The dynamic part of this process; null when no device was read.</summary>
    public Energy? Own => Sum(Devices, device => device.Own);

    /// <summary>The lowest coverage of the devices; 0 when there is none.</summary>
    public double Coverage => Devices.Count == 0 ? 0 : Devices.Min(device => device.Coverage);

    /// <summary>The worst tier of the devices that were read; unavailable when none was.</summary>
    public MeasurementTier Tier => Devices.Where(device => device.Total is not null)
        .Select(device => device.Tier).DefaultIfEmpty(MeasurementTier.Unavailable).Min();

    /// <summary>How far the truth may lie from <see cref="Total"/>: the devices' bands, weighted by energy; null when nothing was read.</summary>
    public RelativeUncertainty? Uncertainty
    {
        get
        {
            double total = 0, below = 0, above = 0;
            foreach (DeviceEnergy device in Devices)
            {
                double joules = device.Total?.Joules ?? 0;
                total += joules;
                below += joules * device.Device.Uncertainty.Below;
                above += joules * device.Device.Uncertainty.Above;
            }

            return total > 0 ? new RelativeUncertainty(below / total, above / total) : null;
        }
    }

    /// <summary>All that the devices of a domain spent; null when none of them was read.</summary>
    public Energy? Of(EnergyDomain domain) => Sum(Devices.Where(device => device.Device.Domain == domain), device => device.Total);

    internal static EnergyReading Between(
        string name, ReadOnlySpan<DeviceMeter> meters, WindowEdge start, WindowEdge end, TimeProvider timeProvider)
    {
        var devices = new DeviceEnergy[meters.Length];
        for (int i = 0; i < meters.Length; i++) devices[i] = Device(meters[i].Device, start.Mark(i), end.Mark(i), end.Time - start.Time);
        return new EnergyReading
        {
            Name = name,
            Duration = timeProvider.GetElapsedTime(start.Time, end.Time),
            Devices = devices,
        };
    }

    private static DeviceEnergy Device(PowerDevice device, in BooksMark start, in BooksMark end, long ticks)
    {
        // No boundary within the window: the counter was not read, which is not the same as having read nothing.
        if (end.Time <= start.Time) return new DeviceEnergy { Device = device };
        return new DeviceEnergy
        {
            Device = device,
            Total = Energy.FromMicrojoules(end.Total - start.Total),
            Idle = Energy.FromMicrojoules(end.Idle - start.Idle),
            Other = Energy.FromMicrojoules(end.Other - start.Other),
            Coverage = ticks <= 0 ? 1 : Math.Clamp((end.CoveredTicks - start.CoveredTicks) / (double)ticks, 0, 1),
        };
    }

    private static Energy? Sum(IEnumerable<DeviceEnergy> devices, Func<DeviceEnergy, Energy?> part)
    {
        Energy? sum = null;
        foreach (DeviceEnergy device in devices)
        {
            if (part(device) is { } energy) sum = (sum ?? Energy.Zero) + energy;
        }

        return sum;
    }
}
