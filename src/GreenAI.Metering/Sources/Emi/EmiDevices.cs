using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Describes channels as devices.</summary>
internal static class EmiDevices
{
    /// <summary>One device for each reading, in the same order.</summary>
    public static PowerDevice[] Describe(IReadOnlyList<EmiReading> readings)
    {
        Dictionary<string, int> uses = new(StringComparer.Ordinal);
        PowerDevice[] devices = new PowerDevice[readings.Count];
        for (int i = 0; i < devices.Length; i++)
        {
            bool memory = readings[i].Domain == EnergyDomain.Dram;
            string name = string.Create(CultureInfo.InvariantCulture, $"package-{readings[i].Package}{(memory ? "/dram" : "")}");
            int use = uses[name] = uses.GetValueOrDefault(name) + 1;
            if (use > 1) name = string.Create(CultureInfo.InvariantCulture, $"{name}#{use}");
            devices[i] = Describe(name, memory);
        }

        return devices;
    }

    private static PowerDevice Describe(string name, bool memory) => new()
    {
        Id = $"{EmiReport.SourceName}:{name}",
        Name = $"{(memory ? "Memory" : "CPU")} {name}",
        Domain = memory ? EnergyDomain.Dram : EnergyDomain.CpuPackage,
        Tier = MeasurementTier.Measured,
        UpdatePeriod = TimeSpan.FromMilliseconds(1),
        Uncertainty = RelativeUncertainty.Symmetric(0.10),
        SharedByCpuTime = true,
        Remark = EmiReport.Remark,
    };
}
