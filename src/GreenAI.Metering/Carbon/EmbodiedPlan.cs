namespace GreenAI.Metering;

/// <summary>At what rate embodied carbon falls due on each device.</summary>
internal sealed class EmbodiedPlan
{
    private EmbodiedPlan(long[] rates, string? reason)
    {
        NanogramsPerHour = rates;
        Reason = reason;
    }

    /// <summary>Nanograms per hour by device; the sum over the devices is that of all the hardware.</summary>
    public long[] NanogramsPerHour { get; }

    /// <summary>Whether all that was stated has a rate: a part of it would be a false number.</summary>
    public bool IsKnown => Reason is null;

    /// <summary>Why there is none; null when there is.</summary>
    public string? Reason { get; }

    public static EmbodiedPlan Of(IReadOnlyList<EmbodiedItem> items, DeviceMeter[] devices)
    {
        long[] rates = new long[devices.Length];
        if (items.Count == 0) return Nothing("No hardware is stated: set Carbon:Embodied.");
        if (devices.Length == 0) return Nothing("No device is metered: nothing tells when the hardware was used.");
        foreach (EmbodiedItem item in items)
        {
            if (item.Lifespan is not { } lifespan) return Nothing($"Carbon:Embodied:{item.Name} has no lifespan: set LifespanYears.");
            DeviceMeter[] bearers = Bearers(item, devices);
            if (bearers.Length == 0) return Nothing($"Carbon:Embodied:{item.Name}:Devices is '{item.Devices}', which no metered device is.");
            var split = new CumulativeSplit((long)Math.Round(item.Total.Micrograms * 1e3 * item.Share / lifespan.TotalHours), bearers.Length);
            foreach (DeviceMeter bearer in bearers) rates[bearer.Index] += split.Next(1);
        }

        return new EmbodiedPlan(rates, null);

        EmbodiedPlan Nothing(string reason) => new(new long[devices.Length], reason);
    }

    // Memory is busy whenever its processors are: packages alone bear a server, unless a device is named.
    private static DeviceMeter[] Bearers(EmbodiedItem item, DeviceMeter[] devices)
    {
        if (item.Devices is { } named)
        {
            DeviceMeter[] matching = [.. devices.Where(device => ModelDeclarations.Matches(named, device.Device))];
            DeviceMeter[] computing = [.. matching.Where(device => device.Device.Domain != EnergyDomain.Dram)];
            return computing.Length > 0 ? computing : matching;
        }

        foreach (EnergyDomain domain in (ReadOnlySpan<EnergyDomain>)[EnergyDomain.Gpu, EnergyDomain.Accelerator, EnergyDomain.CpuPackage])
        {
            DeviceMeter[] bearers = [.. devices.Where(device => device.Device.Domain == domain)];
            if (bearers.Length > 0) return bearers;
        }

        return devices;
    }
}
