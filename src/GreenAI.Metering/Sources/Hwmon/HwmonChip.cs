using System.Globalization;

namespace GreenAI.Metering;

/// <summary>One chip of the hwmon class: a driver's sensors of one device.</summary>
internal sealed class HwmonChip
{
    // A listing longer than this is not a kernel's.
    private const int MaxChips = 256;

    private HwmonChip(string directory, string name, string? pciAddress)
    {
        Directory = directory;
        Name = name;
        PciAddress = pciAddress;
    }

    /// <summary>The directory of the chip, <c>…/class/hwmon/hwmonN</c>.</summary>
    public string Directory { get; }

    /// <summary>The driver's name of the chip, for example <c>amdgpu</c>.</summary>
    public string Name { get; }

    /// <summary>The address of the device, for example <c>0000:03:00.0</c>; null when it is not on PCI.</summary>
    public string? PciAddress { get; }

    /// <summary>What the chip is called in identifiers and findings when it stands alone.</summary>
    public string Title => PciAddress is null ? Name : $"{Name}-{PciAddress}";

    /// <summary>All chips with a usable name, in the order of their numbers.</summary>
    public static IReadOnlyList<HwmonChip> FindAll(string classDirectory)
    {
        var chips = new List<(int Number, HwmonChip Chip)>();
        try
        {
            foreach (string directory in System.IO.Directory.EnumerateDirectories(classDirectory, "hwmon*").Take(MaxChips))
            {
                ReadOnlySpan<char> digits = Path.GetFileName(directory.AsSpan())["hwmon".Length..];
                if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) continue;
                if (TryOpen(directory) is { } chip) chips.Add((number, chip));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No such class (a container, a VM, no driver) or a tree that changes under us: what was listed so far counts.
        }

        return [.. chips.OrderBy(chip => chip.Number).Select(chip => chip.Chip)];
    }

    /// <summary>The path of an attribute: in the chip's directory or, with drivers of the old kind, in its device's; null when in neither.</summary>
    public string? Find(string attribute)
    {
        string path = Path.Combine(Directory, attribute);
        if (File.Exists(path)) return path;
        path = Path.Combine(Directory, "device", attribute);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The text of an attribute; null when there is none or it is not a label.</summary>
    public string? Label(string attribute) => Find(attribute) is { } path ? KernelSnapshot.TryReadLabel(path) : null;

    private static HwmonChip? TryOpen(string directory)
    {
        string? name = KernelSnapshot.TryReadLabel(Path.Combine(directory, "name"))
            ?? KernelSnapshot.TryReadLabel(Path.Combine(directory, "device", "name"));
        if (name is null) return null;

        // sysfs links a chip to its device; the last part of the target is the device's name on its bus.
        string? device = Path.GetFileName(new FileInfo(Path.Combine(directory, "device")).LinkTarget);
        return new HwmonChip(directory, name, device is not null && IsPciAddress(device) ? device : null);
    }

    // %04x:%02x:%02x.%d; a domain may have more than four digits.
    private static bool IsPciAddress(ReadOnlySpan<char> text)
    {
        const string Shape = "xxxx:xx:xx.x";
        if (text.Length < Shape.Length || text.Length > Shape.Length + 4) return false;
        int extra = text.Length - Shape.Length;
        for (int i = 0; i < text.Length; i++)
        {
            char shape = i < extra ? 'x' : Shape[i - extra];
            if (shape == 'x' ? !char.IsAsciiHexDigitLower(text[i]) : text[i] != shape) return false;
        }

        return true;
    }
}
