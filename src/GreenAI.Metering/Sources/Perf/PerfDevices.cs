namespace GreenAI.Metering;

/// <summary>Describes energy events as devices, with what powercap knows about the same packages.</summary>
internal static class PerfDevices
{
    /// <summary>One device for each counter, in the same order.</summary>
    public static PowerDevice[] Describe(IReadOnlyList<PerfCounter> counters, string sysfsRoot)
    {
        // Only the energy of powercap is closed to others than root: names and limits are open.
        List<RaplZone> zones = RaplZoneScan.Find(sysfsRoot);
        return [.. counters.Select(counter => Describe(counter, NameOf(counter.Place, counters), zones))];
    }

    private static PowerDevice Describe(PerfCounter counter, string package, List<RaplZone> zones)
    {
        bool memory = counter.Energy.Domain == EnergyDomain.Dram;
        string name = memory ? $"{package}/dram" : package;
        RaplZone? zone = zones.Find(zone => zone.QualifiedName == name);
        return new PowerDevice
        {
            Id = $"{PerfReport.SourceName}:{name}",
            Name = $"{(memory ? "Memory" : "CPU")} {name}",
            Domain = counter.Energy.Domain,
            Tier = MeasurementTier.Measured,
            UpdatePeriod = TimeSpan.FromMilliseconds(1),
            MaxPower = zone is null ? RaplMaxPower.Unknown : RaplMaxPower.Of(zone),
            PowerLimit = zone is null ? null : RaplPowerLimit.Of(zone, zones),
            Uncertainty = RelativeUncertainty.Symmetric(0.10),
            SharedByCpuTime = true,
        };
    }

    private static string NameOf(PerfPlace place, IReadOnlyList<PerfCounter> counters)
    {
        bool alone = counters.All(other => other.Place == place || other.Place.Package != place.Package || place.Package is null);
        return alone ? place.Name : place.NameInSocket;
    }
}
