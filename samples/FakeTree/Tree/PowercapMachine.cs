using System.Globalization;

namespace GreenAI.Metering.Samples;

/// <summary>Fills a tree with the zones of a machine.</summary>
internal static class PowercapMachine
{
    public static void Build(PowercapTree tree, PowercapTreeOptions options)
    {
        int number = 0;
        for (int socket = 0; socket < options.Sockets; socket++)
        {
            for (int die = 0; die < options.Dies; die++)
            {
                string directory = Text($"{PowercapTree.ControlType}:{number++}");
                AddPackage(tree, directory, PackageName(options, socket, die), options);
                AddChildren(tree, directory, die, options);
            }
        }

        if (options.Psys) Add(tree, Text($"{PowercapTree.ControlType}:{number}"), "psys", options.RangeMicrojoules, 0, options);
        for (int socket = 0; options.Mmio && socket < options.Sockets; socket++)
        {
            AddPackage(tree, Text($"{PowercapTree.MmioControlType}:{socket}"), PackageName(options, socket, 0), options);
        }
    }

    private static string PackageName(PowercapTreeOptions options, int socket, int die) =>
        options.Dies > 1 ? Text($"package-{socket}-die-{die}") : Text($"package-{socket}");

    private static void AddPackage(PowercapTree tree, string directory, string name, PowercapTreeOptions options) =>
        Add(tree, directory, name, options.RangeMicrojoules, options.MaxPowerMicrowatts, options);

    private static void AddChildren(PowercapTree tree, string directory, int die, PowercapTreeOptions options)
    {
        int child = 0;
        if (options.Core) Add(tree, Text($"{directory}:{child++}"), "core", options.RangeMicrojoules, 0, options);
        if (options.Dram && die == 0) Add(tree, Text($"{directory}:{child}"), "dram", options.DramRangeMicrojoules, 0, options);
    }

    private static void Add(PowercapTree tree, string directory, string name, long range, long maxPower, PowercapTreeOptions options) =>
        tree.AddZone(directory, name, Math.Min(options.StartMicrojoules, range), range, maxPower);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
