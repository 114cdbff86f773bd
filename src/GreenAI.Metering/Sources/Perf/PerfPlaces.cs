using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Finds out which packages the processors of a PMU's <c>cpumask</c> stand for.</summary>
internal static class PerfPlaces
{
    /// <summary>One place for each counter, in the order of the processors.</summary>
    /// <remarks>
    /// On Intel each entry is a counter of its own: a package, or a die where counters are per die (Cascade Lake AP). On AMD and
    /// Hygon there is one counter for each package, but some kernels from 6.9 on list a processor of each core complex, all of
    /// which read that one counter (arch/x86/events/rapl.c, "Fix the energy-pkg event for AMD CPUs"): twelve times a Genoa's energy.
    /// </remarks>
    /// <param name="sysfsRoot">Where sysfs is.</param>
    /// <param name="processors">The processors.</param>
    /// <param name="perPackage">Whether there is one counter for each package whatever the processors are.</param>
    public static IReadOnlyList<PerfPlace> Find(string sysfsRoot, IEnumerable<int> processors, bool perPackage)
    {
        List<PerfPlace> places = [];
        foreach (int processor in processors)
        {
            string topology = Path.Combine(
                sysfsRoot, "devices", "system", "cpu", string.Create(CultureInfo.InvariantCulture, $"cpu{processor}"), "topology");
            int? package = Read(topology, "physical_package_id");
            var place = new PerfPlace(processor, package, perPackage || package is null ? null : Read(topology, "die_id"));
            bool mirror = perPackage && package is not null && places.Exists(place.IsSameAs);
            if (!mirror) places.Add(place);
        }

        return places;
    }

    // The kernel prints −1 where there is no such thing.
    private static int? Read(string directory, string attribute) =>
        RaplAttribute.TryRead(directory, attribute, out long value) && value <= int.MaxValue ? (int)value : null;
}
