using System.Buffers.Binary;
using System.Text;

namespace GreenAI.Metering;

/// <summary>Parses what an energy meter says of itself. Total: any bytes give channels or a refusal, never an exception.</summary>
/// <remarks>
/// <c>EMI_METADATA_V1</c>: unit u32 at 0, name size u16 at 70, name at 72. <c>EMI_METADATA_V2</c>: channel count u16 at 66, then from
/// 68 on for each channel unit u32, name size u16 and the name. Sizes are in bytes with the closing NUL, so that what follows a name
/// is not aligned (emi.h).
/// </remarks>
internal static class EmiMetadata
{
    /// <summary>Metadata longer than this is refused.</summary>
    public const int MaxLength = 1 << 16;

    private const int FirstVersionHeader = 72;
    private const int ChannelsOffset = 68;
    private const int ChannelHeader = 6;
    private const int MaxNameLength = 128;

    /// <summary>Parses metadata.</summary>
    /// <param name="metadata">The bytes.</param>
    /// <param name="version">1 or 2.</param>
    /// <param name="channels">The channels, in the order of a measurement.</param>
    /// <returns>Null, or why the metadata is refused, as a sentence without its stop.</returns>
    public static string? Parse(ReadOnlySpan<byte> metadata, int version, out IReadOnlyList<EmiChannel> channels)
    {
        channels = [];
        return metadata.Length > MaxLength ? "its metadata is too long"
            : version switch
            {
                1 => ParseFirst(metadata, out channels),
                2 => ParseSecond(metadata, out channels),
                _ => "its version is neither 1 nor 2",
            };
    }

    private static string? ParseFirst(ReadOnlySpan<byte> metadata, out IReadOnlyList<EmiChannel> channels)
    {
        channels = [];
        if (metadata.Length < FirstVersionHeader) return "its metadata ends before the name";
        int size = BinaryPrimitives.ReadUInt16LittleEndian(metadata[70..]);
        if (size > metadata.Length - FirstVersionHeader) return "its metadata ends within the name";
        uint unit = BinaryPrimitives.ReadUInt32LittleEndian(metadata);
        channels = [new EmiChannel(0, unit, Text(metadata.Slice(FirstVersionHeader, size)))];
        return null;
    }

    private static string? ParseSecond(ReadOnlySpan<byte> metadata, out IReadOnlyList<EmiChannel> channels)
    {
        channels = [];
        if (metadata.Length < ChannelsOffset) return "its metadata ends before the channels";
        int count = BinaryPrimitives.ReadUInt16LittleEndian(metadata[66..]);
        ReadOnlySpan<byte> rest = metadata[ChannelsOffset..];

        // Before any room is made: each channel takes its header at least.
        if (count > rest.Length / ChannelHeader) return "its metadata is too short for its channels";
        List<EmiChannel> found = new(count);
        for (int i = 0; i < count; i++)
        {
            if (rest.Length < ChannelHeader) return "its metadata ends within a channel";
            uint unit = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]);
            rest = rest[ChannelHeader..];
            if (size > rest.Length) return "its metadata ends within the name of a channel";
            found.Add(new EmiChannel(i, unit, Text(rest[..size])));
            rest = rest[size..];
        }

        channels = found;
        return null;
    }

    // Names end up in logs and pages: a short line of letters, digits and marks, or nothing.
    private static string Text(ReadOnlySpan<byte> utf16)
    {
        if (utf16.Length % 2 != 0 || utf16.Length > MaxNameLength * 2) return string.Empty;
        string text = Encoding.Unicode.GetString(utf16);
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        if (end >= 0) text = text[..end];
        return text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? string.Empty : text;
    }
}
