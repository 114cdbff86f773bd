namespace GreenAI.Metering.Samples;

/// <summary>
/// A powercap tree in an ordinary folder, with the kernel's layout: zones nested in <c>devices/virtual/powercap</c>, links to
/// them in <c>class/powercap</c>. Give the folder to a meter as its sysfs root.
/// </summary>
/// <remarks>
/// How a real tree differs: its files cannot be written, <c>energy_uj</c> is readable by root only (mode 0400 since Linux 5.10),
/// a handle held open on a zone that is gone gives ENODEV, a failing register gives EIO, and the counter moves by itself
/// about once a millisecond in steps of 15 to 61 µJ. A read there is never torn; here a wrap takes two calls (write, truncate),
/// between which a reader may see digits after the newline. Not thread-safe.
/// </remarks>
public sealed class PowercapTree : IDisposable
{
    internal const string ControlType = "intel-rapl";
    internal const string MmioControlType = "intel-rapl-mmio";
    private readonly PowercapLayout _layout;
    private readonly List<PowercapZone> _zones = [];

    private PowercapTree(string root)
    {
        Root = root;
        _layout = new PowercapLayout(root);
    }

    /// <summary>The folder to use as the sysfs root.</summary>
    public string Root { get; }

    /// <summary>All zones, in the order they were added.</summary>
    public IReadOnlyList<PowercapZone> Zones => _zones;

    /// <summary>Makes a tree with a control type and no zone, to be filled by <see cref="AddZone"/>.</summary>
    public static PowercapTree CreateEmpty(string root)
    {
        PowercapTree tree = new(Path.GetFullPath(root));
        tree._layout.MakeControlType(ControlType);
        return tree;
    }

    /// <summary>Makes the tree of a machine.</summary>
    public static PowercapTree Create(string root, PowercapTreeOptions options)
    {
        PowercapTree tree = CreateEmpty(root);
        PowercapMachine.Build(tree, options);
        return tree;
    }

    /// <summary>Takes over a tree made earlier, with its counters as they stand.</summary>
    /// <exception cref="InvalidDataException">A zone does not hold what a made tree holds.</exception>
    public static PowercapTree Open(string root)
    {
        PowercapTree tree = new(Path.GetFullPath(root));
        PowercapTreeReader.Load(tree, tree._layout.DevicesPath);
        return tree;
    }

    /// <summary>Adds a zone by its directory name: <c>intel-rapl:0</c>, <c>intel-rapl:0:1</c>, <c>intel-rapl-mmio:0</c>.</summary>
    /// <returns>The zone, whose counter stands at the value given.</returns>
    public PowercapZone AddZone(
        string directoryName, string name, long microjoules = 1_000_000_000, long range = 262_143_328_850, long maxPowerMicrowatts = 0)
    {
        _layout.MakeControlType(directoryName.Split(':')[0]);
        PowercapZone zone = Attach(directoryName, name, microjoules, range, maxPowerMicrowatts);
        zone.MakeAgain();
        return zone;
    }

    /// <summary>
    /// The first zone of a qualified name (<c>package-0</c>, <c>package-0/dram</c>) or directory name (<c>intel-rapl-mmio:0</c>).
    /// </summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public PowercapZone Zone(string name) =>
        _zones.Find(zone => zone.QualifiedName == name || zone.DirectoryName == name)
        ?? throw new ArgumentException(
            $"There is no zone '{name}' in {Root}: it has {string.Join(", ", _zones.Select(static zone => zone.QualifiedName))}.");

    /// <summary>Closes the counter files; the tree stays.</summary>
    public void Dispose()
    {
        foreach (PowercapZone zone in _zones) zone.Close();
    }

    internal PowercapZone Attach(string directoryName, string name, long microjoules, long range, long maxPowerMicrowatts)
    {
        string parentName = directoryName[..directoryName.LastIndexOf(':')];
        PowercapZone? parent = _zones.Find(zone => zone.DirectoryName == parentName);
        PowercapZone zone = new(_layout, parent, directoryName, name, microjoules, range, maxPowerMicrowatts);
        _zones.Add(zone);
        return zone;
    }
}
