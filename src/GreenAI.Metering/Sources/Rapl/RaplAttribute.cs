namespace GreenAI.Metering;

/// <summary>Reads the attributes of a zone that do not change, once.</summary>
internal static class RaplAttribute
{
    /// <summary>The number in a file of a zone, or 0 when it is missing, unreadable or no number.</summary>
    public static long ReadOrZero(string directory, string attribute) => TryRead(directory, attribute, out long value) ? value : 0;

    /// <summary>The number in a file; false when it is missing, unreadable or no number.</summary>
    public static bool TryRead(string directory, string attribute, out long value)
    {
        using KernelFile file = new(Path.Combine(directory, attribute));
        Span<byte> buffer = stackalloc byte[32];
        value = 0;
        return file.TryRead(buffer, out int length) == SampleFault.None && KernelText.TryParseCounter(buffer[..length], out value);
    }
}
