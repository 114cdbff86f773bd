using System.Text;

namespace GreenAI.Metering;

/// <summary>Reads a small kernel file once, at detection. Never throws; never more than the stated number of bytes.</summary>
internal static class KernelSnapshot
{
    private const int MaxLabel = 128;

    /// <summary>Reads a file from its start.</summary>
    /// <returns><see cref="SampleFault.None"/> and the bytes, or why it failed and no bytes.</returns>
    public static SampleFault TryRead(string path, int maxBytes, out byte[] bytes)
    {
        bytes = [];
        using var file = new KernelFile(path);
        byte[] buffer = new byte[maxBytes];
        SampleFault fault = file.TryRead(buffer, out int length);
        if (fault == SampleFault.None) bytes = buffer.AsSpan(0, length).ToArray();
        return fault;
    }

    /// <summary>Reads a name or label: one short line of printable ASCII, trimmed; null when it is anything else.</summary>
    /// <remarks>What passes may be put in identifiers, logs and pages as it is.</remarks>
    public static string? TryReadLabel(string path)
    {
        return TryRead(path, MaxLabel, out byte[] bytes) == SampleFault.None ? ParseLabel(bytes) : null;
    }

    /// <summary>Takes the label out of what was read of a file.</summary>
    public static string? ParseLabel(ReadOnlySpan<byte> text)
    {
        if (text.Length >= MaxLabel) return null;
        ReadOnlySpan<byte> label = text.Trim(" \n"u8);
        return label.IsEmpty || label.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? null : Encoding.ASCII.GetString(label);
    }
}
