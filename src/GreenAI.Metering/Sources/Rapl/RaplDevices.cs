using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Describes zones as devices, with identifiers that do not contain the directory numbers.</summary>
internal static class RaplDevices
{
    /// <summary>One device per zone, in the same order.</summary>
    /// <param name="zones">The zones that are summed.</param>
    /// <param name="all">All zones found: a limit may be set through one that is not summed.</param>
    public static PowerDevice[] Describe(IReadOnlyList<RaplZone> zones, IReadOnlyList<RaplZone> all)
    {
        Dictionary<string, int> uses = new(StringComparer.Ordinal);
        PowerDevice[] devices = new PowerDevice[zones.Count];
        for (int i = 0; i < devices.Length; i++)
        {
            string name = zones[i].QualifiedName;
            int use = uses[name] = uses.GetValueOrDefault(name) + 1;
            bool shared = zones.Count(zone => zone.QualifiedName == name) > 1;
            string suffix = use == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"#{use}");
            devices[i] = Describe(zones[i], suffix, RaplPowerLimit.Of(zones[i], all), shared ? RaplReport.SameNameRemark : null);
        }

        return devices;
    }

    private static PowerDevice Describe(RaplZone zone, string suffix, Power? limit, string? remark) => new()
    {
        Id = $"rapl:{zone.QualifiedName}{suffix}",
        Name = $"{(zone.Kind == RaplZoneKind.Dram ? "Memory" : "CPU")} {zone.QualifiedName}{suffix}",
        Domain = zone.Kind == RaplZoneKind.Dram ? EnergyDomain.Dram : EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        CounterRangeMicrojoules = zone.RangeMicrojoules,
        UpdatePeriod = TimeSpan.FromMilliseconds(1),
        MaxPower = RaplMaxPower.Of(zone),
        PowerLimit = limit,
        Uncertainty = RelativeUncertainty.Symmetric(0.10),
        SharedByCpuTime = true,
        Remark = remark,
    };
}
