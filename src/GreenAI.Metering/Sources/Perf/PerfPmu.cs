using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The PMU <c>power</c> as sysfs describes it: its type, its energy events, and where to open them.</summary>
/// <remarks>Kernel interface: Documentation/ABI/testing/sysfs-bus-event_source-devices-events, arch/x86/events/rapl.c.</remarks>
internal sealed class PerfPmu
{
    // Machines have at most a few dozen dies.
    private const int MaxProcessors = 256;

    private PerfPmu(uint type, IReadOnlyList<PerfPlace> places, IReadOnlyList<PerfEnergyEvent> events) =>
        (Type, Places, Events) = (type, places, events);

    /// <summary>The number of the PMU; it may change when its module is loaded again.</summary>
    public uint Type { get; }

    public IReadOnlyList<PerfPlace> Places { get; }

    /// <summary>What is metered: packages, and memory, which lies outside them. Never cores and gpu (inside), never psys (contains both).</summary>
    public IReadOnlyList<PerfEnergyEvent> Events { get; }

    public static string DirectoryOf(string sysfsRoot) => Path.Combine(sysfsRoot, "bus", "event_source", "devices", "power");

    /// <summary>Reads it now.</summary>
    /// <param name="context">Where sysfs and procfs are.</param>
    /// <param name="refusal">Why it cannot be used, as a sentence.</param>
    public static PerfPmu? Read(SourceContext context, out string refusal)
    {
        refusal = string.Empty;
        string directory = DirectoryOf(context.SysfsRoot);
        if (!uint.TryParse(Label(directory, "type"), NumberStyles.None, CultureInfo.InvariantCulture, out uint type))
            return Refuse(directory, "type", "is not the number of a PMU", out refusal);
        Span<int> processors = stackalloc int[MaxProcessors];
        if (KernelSnapshot.TryRead(Path.Combine(directory, "cpumask"), 4096, out byte[] list) != SampleFault.None
            || !ProcessorText.TryParseList(list, processors, out int count))
            return Refuse(directory, "cpumask", "is not a list of processors", out refusal);
        if (count > MaxProcessors)
            return Refuse(directory, "cpumask", "lists more processors than a machine has packages", out refusal);

        // Kernels before 5.17 list events on AMD that do not exist there: the package is all it has (commit 0036fb00a756).
        KernelSnapshot.TryRead(Path.Combine(context.ProcRoot, "cpuinfo"), 8192, out byte[] identity);
        bool amd = ProcessorIdentity.Parse(identity).IsAmd;
        List<PerfEnergyEvent> events = [];
        foreach (string name in amd ? [PerfEnergyEvent.Package] : (string[])[PerfEnergyEvent.Package, PerfEnergyEvent.Memory])
        {
            string attribute = Path.Combine("events", name);
            if (!File.Exists(Path.Combine(directory, attribute))) continue;
            if (!PerfText.TryParseEvent(Label(directory, attribute) ?? "", out ulong config))
                return Refuse(directory, attribute, "does not name an event", out refusal);
            if (!PerfText.TryParseScale(Label(directory, attribute + ".scale") ?? "", out int shift))
                return Refuse(directory, attribute + ".scale", "is not a power of two", out refusal);
            if (Label(directory, attribute + ".unit") != "Joules")
                return Refuse(directory, attribute + ".unit", "is not Joules", out refusal);
            events.Add(new PerfEnergyEvent(name, config, shift));
        }

        if (!events.Exists(static energy => energy.Name == PerfEnergyEvent.Package))
            return Refuse(directory, "events", "has no energy-pkg", out refusal);
        return new PerfPmu(type, PerfPlaces.Find(context.SysfsRoot, processors[..count].ToArray(), amd), events);
    }

    private static string? Label(string directory, string attribute) => KernelSnapshot.TryReadLabel(Path.Combine(directory, attribute));

    private static PerfPmu? Refuse(string directory, string attribute, string what, out string refusal)
    {
        refusal = $"{Path.Combine(directory, attribute)} {what}.";
        return null;
    }
}
