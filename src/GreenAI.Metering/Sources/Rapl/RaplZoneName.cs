using System.Text;

namespace GreenAI.Metering;

/// <summary>Reads meaning out of the content of a zone's <c>name</c> file.</summary>
internal static class RaplZoneName
{
    private const string PackagePrefix = "package-";
    private const string DieMark = "-die-";

    public static RaplZoneKind KindOf(string name) => name switch
    {
        "dram" => RaplZoneKind.Dram,
        "core" or "uncore" => RaplZoneKind.Inner,
        "psys" => RaplZoneKind.Platform,
        _ => name.StartsWith(PackagePrefix, StringComparison.Ordinal) ? RaplZoneKind.Package : RaplZoneKind.Unknown,
    };

    /// <summary><c>package-0</c> of <c>package-0-die-1</c>; any other name unchanged.</summary>
    public static string WithoutDie(string name)
    {
        int mark = KindOf(name) == RaplZoneKind.Package ? name.IndexOf(DieMark, StringComparison.Ordinal) : -1;
        return mark < 0 ? name : name[..mark];
    }

    /// <summary>
    /// The name without the newline the kernel ends it with, or null when the bytes are not a plausible name: everything
    /// outside is hostile, and names end up in identifiers and logs.
    /// </summary>
    public static string? Parse(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty) return null;
        foreach (byte c in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'-' or (byte)'_' or (byte)'.')) return null;
        }

        return Encoding.ASCII.GetString(text);
    }
}
