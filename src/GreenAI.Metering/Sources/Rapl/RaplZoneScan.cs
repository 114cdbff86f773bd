namespace GreenAI.Metering;

/// <summary>Finds the zones of the powercap tree, through either of its two layouts.</summary>
internal static class RaplZoneScan
{
    // Eight sockets with four zones each are 32; a tree with more than this is not a kernel's.
    private const int MaxZones = 1024;
    private const int MaxDepth = 4;
    private const int MaxNameLength = 64;

    /// <summary>All zones under a sysfs root, in numeric order; none for a tree that is missing or odd.</summary>
    /// <remarks>
    /// The devices tree nests children in their parents; the class folder is flat and made of symlinks into it. A container
    /// may see only one of the two, so both are walked and a zone counts once.
    /// </remarks>
    public static List<RaplZone> Find(string sysfsRoot)
    {
        Dictionary<string, RaplZoneAddress> addresses = [];
        Dictionary<string, string> directories = [];
        Walk(Path.Combine(sysfsRoot, "devices", "virtual", "powercap"), 0);
        Walk(Path.Combine(sysfsRoot, "class", "powercap"), 0);

        List<RaplZone> zones = [];
        Dictionary<string, RaplZone> byAddress = [];
        foreach (RaplZoneAddress address in addresses.Values.Order())
        {
            if (Describe(address, directories[address.Text], byAddress) is not { } zone) continue;
            zones.Add(zone);
            byAddress.Add(address.Text, zone);
        }

        return zones;

        void Walk(string directory, int depth)
        {
            foreach (string child in Children(directory))
            {
                string name = Path.GetFileName(child);
                if (RaplZoneAddress.Parse(name) is { } address)
                {
                    if (addresses.Count == MaxZones || !File.Exists(Path.Combine(child, "name"))) continue;
                    if (!addresses.TryAdd(name, address)) continue;
                    directories.Add(name, child);
                }
                else if (!RaplZoneAddress.IsControlType(name))
                {
                    // "device" and "subsystem" are links back up the tree: following them would never end.
                    continue;
                }

                if (depth < MaxDepth) Walk(child, depth + 1);
            }
        }
    }

    // A parent sorts before its children, so it is already known when a child is described.
    private static RaplZone? Describe(RaplZoneAddress address, string directory, Dictionary<string, RaplZone> byAddress)
    {
        using KernelFile nameFile = new(Path.Combine(directory, "name"));
        Span<byte> buffer = stackalloc byte[MaxNameLength];
        if (nameFile.TryRead(buffer, out int length) != SampleFault.None || length == MaxNameLength) return null;
        if (RaplZoneName.Parse(buffer[..length]) is not { } name) return null;
        return new RaplZone
        {
            Address = address,
            DirectoryPath = directory,
            Name = name,
            Parent = address.ParentText is { } parent ? byAddress.GetValueOrDefault(parent) : null,
            RangeMicrojoules = RaplAttribute.ReadOrZero(directory, "max_energy_range_uj"),
        };
    }

    private static string[] Children(string directory)
    {
        try
        {
            return Directory.GetDirectories(directory, "intel-rapl*");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Absent, masked by the container runtime, or gone while walking: there is nothing to meter here.
            return [];
        }
    }
}
