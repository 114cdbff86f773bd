using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A sysfs and a procfs with the kernel's layout, in a directory that is removed afterwards.</summary>
internal sealed class SensorTree : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("greenai-sensors-");

    public SensorTree() => Context = new(Path.Combine(_root.FullName, "sys"), Path.Combine(_root.FullName, "proc"), Clock);

    public FakeTimeProvider Clock { get; } = new();

    public SourceContext Context { get; }

    public void WriteSys(string path, string text) => Write(Path.Combine(Context.SysfsRoot, path), text);

    public void WriteProc(string path, string text) => Write(Path.Combine(Context.ProcRoot, path), text);

    /// <summary>Writes <c>/proc/stat</c> with the given user and idle ticks of the whole machine.</summary>
    public void WriteStat(long userTicks, int processors = 2) => WriteProc("stat",
        $"cpu  {userTicks} 0 0 999999 0 0 0 0 0 0\n"
        + string.Concat(Enumerable.Range(0, processors).Select(i => $"cpu{i} {userTicks / processors} 0 0 9 0 0 0 0 0 0\n"))
        + "intr 4711 0 0\nctxt 815\n");

    /// <summary>Makes a hwmon chip as the kernel does: a device directory, the chip inside it, and links in the class.</summary>
    /// <param name="number">N of <c>hwmonN</c>.</param>
    /// <param name="name">The driver.</param>
    /// <param name="device">The last part of the device's path: a PCI address or an ACPI name.</param>
    public void AddChip(int number, string name, string device)
    {
        string chip = $"devices/{device}/hwmon/hwmon{number}";
        WriteSys($"{chip}/name", name + "\n");
        Link(Path.Combine(Context.SysfsRoot, chip, "device"), $"../../../{device}");
        Link(Path.Combine(Context.SysfsRoot, "class", "hwmon", $"hwmon{number}"), $"../../{chip}");
    }

    /// <summary>Writes an attribute of a chip: <c>power1_average</c>, or <c>device/power1_average</c>.</summary>
    public void WriteChip(int number, string attribute, string text) => WriteSys($"class/hwmon/hwmon{number}/{attribute}", text);

    public void DeleteChip(int number, string attribute) =>
        File.Delete(Path.Combine(Context.SysfsRoot, "class", "hwmon", $"hwmon{number}", attribute));

    public void Dispose() => _root.Delete(recursive: true);

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateSymbolicLink(path, target);
    }
}
