using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The sustained power limit of a package, as powercap shows it.</summary>
internal static class RaplPowerLimit
{
    // long_term, short_term, and on client processors peak_power.
    private const int MaxConstraints = 8;

    /// <summary>The limit; null for memory, and where none is stated or it is switched off.</summary>
    /// <remarks>
    /// MSR and MMIO hold one limit each, and the hardware keeps to the lower one (Documentation/power/powercap,
    /// drivers/powercap/intel_rapl_common.c). The file <c>enabled</c> of a zone is the enable bit of the limit.
    /// </remarks>
    /// <param name="zone">The zone.</param>
    /// <param name="all">All zones of the machine.</param>
    public static Power? Of(RaplZone zone, IEnumerable<RaplZone> all)
    {
        if (zone.Kind != RaplZoneKind.Package) return null;
        long lowest = 0;
        foreach (RaplZone same in all)
        {
            bool binds = same == zone || (same.QualifiedName == zone.QualifiedName && same.Address.ControlType != zone.Address.ControlType);
            if (!binds || Read(same.DirectoryPath) is not (> 0 and long microwatts)) continue;
            lowest = lowest == 0 ? microwatts : Math.Min(lowest, microwatts);
        }

        return lowest == 0 ? null : Power.FromWatts(lowest / 1e6);
    }

    private static long Read(string directory)
    {
        if (KernelSnapshot.TryReadLabel(Path.Combine(directory, "enabled")) == "0") return 0;
        for (int i = 0; i < MaxConstraints; i++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"constraint_{i}_");
            if (KernelSnapshot.TryReadLabel(Path.Combine(directory, prefix + "name")) == "long_term")
                return RaplAttribute.ReadOrZero(directory, prefix + "power_limit_uw");
        }

        return 0;
    }
}
