using System.Globalization;

namespace GreenAI.Metering.Samples;

/// <summary>Makes and removes the folders, links and constant files of a zone, laid out as the kernel does.</summary>
internal sealed class PowercapLayout(string root)
{
    public string DevicesPath { get; } = Path.Combine(root, "devices", "virtual", "powercap");

    public string ClassPath { get; } = Path.Combine(root, "class", "powercap");

    /// <summary>The nested folder of a zone: <c>intel-rapl:0:1</c> lies in <c>intel-rapl/intel-rapl:0/intel-rapl:0:1</c>.</summary>
    public string ZonePath(string directoryName)
    {
        string[] parts = directoryName.Split(':');
        string path = Path.Combine(DevicesPath, parts[0]);
        for (int depth = 2; depth <= parts.Length; depth++) path = Path.Combine(path, string.Join(':', parts[..depth]));
        return path;
    }

    public void MakeControlType(string controlType)
    {
        string path = Path.Combine(DevicesPath, controlType);
        if (Directory.Exists(path)) return;
        Directory.CreateDirectory(ClassPath);
        MakeFolder(path, ".");
        Write(path, "enabled", "1");
        Link(controlType, path);
    }

    public void MakeZone(string directoryName, string name, long rangeMicrojoules, long maxPowerMicrowatts)
    {
        string path = ZonePath(directoryName);
        MakeFolder(path, "..");
        Write(path, "name", name);
        Write(path, "enabled", "1");
        if (rangeMicrojoules > 0) Write(path, "max_energy_range_uj", rangeMicrojoules);
        WriteConstraint(path, 0, "long_term", maxPowerMicrowatts, timeWindowMicroseconds: 27_983_872);
        if (name.StartsWith("package", StringComparison.Ordinal)) WriteConstraint(path, 1, "short_term", 0, 2_440);
        Link(directoryName, path);
    }

    public void RemoveZone(string directoryName)
    {
        File.Delete(Path.Combine(ClassPath, directoryName));
        Directory.Delete(ZonePath(directoryName), recursive: true);
    }

    // "device" and "subsystem" point back up, as in sysfs: a walk that follows every link never ends.
    private void MakeFolder(string path, string device)
    {
        Directory.CreateDirectory(path);
        Directory.CreateDirectory(Path.Combine(path, "power"));
        File.WriteAllText(Path.Combine(path, "uevent"), string.Empty);
        File.CreateSymbolicLink(Path.Combine(path, "subsystem"), Path.GetRelativePath(path, ClassPath));
        if (device == "..") File.CreateSymbolicLink(Path.Combine(path, "device"), device);
    }

    private void Link(string directoryName, string path) =>
        File.CreateSymbolicLink(Path.Combine(ClassPath, directoryName), Path.GetRelativePath(ClassPath, path));

    private static void WriteConstraint(string path, int number, string name, long maxPowerMicrowatts, long timeWindowMicroseconds)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"constraint_{number}_");
        Write(path, prefix + "name", name);
        Write(path, prefix + "power_limit_uw", maxPowerMicrowatts);
        Write(path, prefix + "time_window_us", timeWindowMicroseconds);
        Write(path, prefix + "max_power_uw", maxPowerMicrowatts);
    }

    private static void Write(string folder, string file, long value) => Write(folder, file, value.ToString(CultureInfo.InvariantCulture));

    private static void Write(string folder, string file, string value) => File.WriteAllText(Path.Combine(folder, file), value + "\n");
}
