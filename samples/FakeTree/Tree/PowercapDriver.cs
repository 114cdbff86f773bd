using System.Globalization;

namespace GreenAI.Metering.Samples;

/// <summary>Moves the counters of a tree as hardware at stated watts would.</summary>
/// <remarks>
/// <c>core</c> gets half of its package; <c>psys</c> gets all packages and memories; further dies and the MMIO control type
/// repeat their package's counter. Only packages and memories count in the total. Not thread-safe.
/// </remarks>
public sealed class PowercapDriver
{
    private readonly List<Load> _loads = [];
    private readonly string _root;

    /// <summary>Drives every package at one power and every memory at another.</summary>
    public PowercapDriver(PowercapTree tree, decimal packageWatts, decimal dramWatts)
    {
        _root = tree.Root;
        long package = (long)(packageWatts * 1_000_000m);
        long dram = (long)(dramWatts * 1_000_000m);
        long total = tree.Zones.Sum(zone => IsCounted(zone) ? (zone.Name == "dram" ? dram : package) : 0);
        foreach (PowercapZone zone in tree.Zones)
        {
            long microwatts = zone.Name switch { "psys" => total, "dram" => dram, "core" or "uncore" => package / 2, _ => package };
            _loads.Add(new Load(zone, microwatts, zone.GainedMicrojoules));
        }
    }

    /// <summary>What a right meter finds: the energy gained by packages and memories, each counter once.</summary>
    public long GainedMicrojoules => _loads.Sum(static load => IsCounted(load.Zone) ? load.Gained : 0);

    /// <summary>Whether a zone belongs in the total.</summary>
    public static bool IsCounted(PowercapZone zone) =>
        (zone.Name == "dram" || zone.Name.StartsWith("package-", StringComparison.Ordinal))
        && !zone.DirectoryName.StartsWith(PowercapTree.MmioControlType, StringComparison.Ordinal)
        && (!zone.Name.Contains("-die-") || zone.Name.EndsWith("-die-0", StringComparison.Ordinal));

    /// <summary>Brings every counter to where it is after a time at its power.</summary>
    /// <remarks>
    /// The target is computed from the whole time, so the fraction of a microjoule that a step leaves over is in the next: after
    /// s seconds at w watts the gain is exactly w × s, whatever the steps were.
    /// </remarks>
    public void AdvanceTo(TimeSpan elapsed)
    {
        foreach (Load load in _loads)
        {
            long target = (long)((Int128)load.Microwatts * elapsed.Ticks / TimeSpan.TicksPerSecond);
            load.Zone.Add(target - load.Gained);
        }
    }

    /// <summary>Writes what each zone gained, and the total, in microjoules.</summary>
    public void Report(TextWriter output)
    {
        foreach (Load load in _loads)
        {
            string note = IsCounted(load.Zone) ? string.Empty : " (not in the total)";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{load.Zone.DirectoryName,-20} {load.Zone.QualifiedName,-24} gained {load.Gained} uJ{note}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"total of {_root}: gained {GainedMicrojoules} uJ"));
    }

    private sealed record Load(PowercapZone Zone, long Microwatts, long GainedBefore)
    {
        public long Gained => Zone.GainedMicrojoules - GainedBefore;
    }
}
