using System.Globalization;

namespace GreenAI.Metering.Samples;

/// <summary>Reads back a tree that was made earlier.</summary>
internal static class PowercapTreeReader
{
    public static void Load(PowercapTree tree, string devicesPath)
    {
        if (!Directory.Exists(devicesPath)) throw new InvalidDataException($"There is no powercap tree in {tree.Root}.");
        Walk(devicesPath);

        void Walk(string folder)
        {
            foreach (string child in Directory.GetDirectories(folder, PowercapTree.ControlType + "*").Order(_byLengthThenText))
            {
                if (Path.GetFileName(child).Contains(':')) Attach(tree, child);
                Walk(child);
            }
        }
    }

    // So that intel-rapl:10 comes after intel-rapl:9.
    private static readonly IComparer<string> _byLengthThenText = Comparer<string>.Create(
        static (left, right) => left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(left, right));

    private static void Attach(PowercapTree tree, string folder) => tree.Attach(
        Path.GetFileName(folder),
        Read(folder, "name"),
        Number(folder, "energy_uj"),
        File.Exists(Path.Combine(folder, "max_energy_range_uj")) ? Number(folder, "max_energy_range_uj") : 0,
        Number(folder, "constraint_0_max_power_uw"));

    private static long Number(string folder, string file) =>
        long.TryParse(Read(folder, file), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new InvalidDataException($"{Path.Combine(folder, file)} holds no number: make the tree again.");

    private static string Read(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : throw new InvalidDataException($"{path} is missing: make the tree again.");
    }
}
